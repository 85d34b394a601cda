package io.tributary.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The record of a section, seen as options by key. */
final class OptionsRecord<R extends Record> {
    private final Section<R> section;
    private final RecordComponent[] components;

    OptionsRecord(Section<R> section) {
        this.section = section;
        this.components = section.defaults().getClass().getRecordComponents();
    }

    List<String> keys() {
        return keys(true);
    }

    /** Of components that have no text. */
    List<String> keysOfCode() {
        return keys(false);
    }

    private List<String> keys(boolean withText) {
        return Stream.of(components)
                .filter(component -> OptionText.of(component).isPresent() == withText)
                .map(this::key)
                .toList();
    }

    private String key(RecordComponent component) {
        return section.name() + "." + component.getName();
    }

    /** The record with what is given for its keys; the defaults when any is wrong, which is added to the problems. */
    R read(Map<String, String> texts, List<String> problems) {
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            values[i] = value(components[i], texts, problems);
        }
        try {
            return made(values);
        } catch (InvalidOptionsException e) {
            e.problems().forEach(problem -> problems.add(section.name() + "." + problem));
        } catch (IllegalArgumentException e) {
            problems.add(section.name() + ": " + e.getMessage());
        }
        return section.defaults();
    }

    private @Nullable Object value(RecordComponent component, Map<String, String> texts, List<String> problems) {
        String text = texts.get(key(component));
        OptionText form = OptionText.of(component).orElse(null);
        if (text != null && form != null) {
            try {
                return form.parse(text.strip());
            } catch (IllegalArgumentException e) {
                problems.add(key(component) + ": " + e.getMessage());
            }
        }
        try {
            return component.getAccessor().invoke(section.defaults());
        } catch (ReflectiveOperationException e) {
            throw unusable(e);
        }
    }

    @SuppressWarnings("unchecked") // the class of a record R is Class<R>
    private R made(@Nullable Object[] values) {
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return (R) section.defaults().getClass().getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException refusal ? refusal : unusable(e);
        } catch (ReflectiveOperationException e) {
            throw unusable(e);
        }
    }

    private IllegalStateException unusable(ReflectiveOperationException cause) {
        return new IllegalStateException(
                "Cannot make options of %s (it must be a public record)"
                        .formatted(section.defaults().getClass().getName()),
                cause);
    }
}
