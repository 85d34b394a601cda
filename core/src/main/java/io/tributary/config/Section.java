package io.tributary.config;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a configuration: an options record under a name. The key of an option is that name, a dot, and the
 * name of the record's component: {@code publisher.requests}.
 *
 * @param name a lower-case letter, then letters, digits and hyphens
 * @param defaults what holds for options that are not given; its public components are the section's options
 */
public record Section<R extends Record>(String name, R defaults) {
    private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9-]*");

    public Section {
        Limits.check()
                .holds("section", name, NAME.matcher(name).matches(), "as " + NAME)
                .enforce();
    }

    /**
     * The keys that a configuration may have for this section, in the order of the components. A component whose
     * type has no {@linkplain Configuration text} has none; code sets it.
     */
    public List<String> keys() {
        return new OptionsRecord<>(this).keys();
    }
}
