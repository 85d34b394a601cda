package io.tributary.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : components) {
            if (OptionText.of(component.getType()).isPresent() == withText) {
                keys.add(key(component));
            }
        }
        return keys;
    }

    private String key(RecordComponent component) {
        return section.name() + "." + component.getName();
    }

    /**
     * The record with what is given for its keys. What is wrong is added to the problems, and has its default in
     * the result.
     */
    R read(Map<String, String> texts, List<String> problems) {
        @Nullable Object[] defaults = new Object[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            defaults[i] = valueOf(components[i]);
            values[i] = parsed(i, texts, defaults[i], problems);
        }
        Map<Integer, String> reasons = new LinkedHashMap<>();
        @Nullable Object[] accepted = values.clone();
        String reason = refusal(accepted);
        while (reason != null) {
            int culprit = culprit(accepted, defaults, reason);
            if (culprit < 0) {
                problems.add(section.name() + ": " + reason);
                return section.defaults();
            }
            reasons.put(culprit, reason);
            accepted[culprit] = defaults[culprit];
            reason = refusal(accepted);
        }
        // A record may refuse several at once: each is asked for again among those that it accepts.
        reasons.forEach((culprit, first) -> {
            @Nullable Object[] alone = accepted.clone();
            alone[culprit] = values[culprit];
            String own = refusal(alone);
            problems.add(line(components[culprit], own == null ? first : own));
        });
        return made(accepted);
    }

    private @Nullable Object parsed(
            int index, Map<String, String> texts, @Nullable Object byDefault, List<String> problems) {
        RecordComponent component = components[index];
        String text = texts.get(key(component));
        OptionText form = OptionText.of(component.getType()).orElse(null);
        if (text == null || form == null) {
            return byDefault;
        }
        try {
            return form.parse(text.strip());
        } catch (IllegalArgumentException e) {
            problems.add(line(component, String.valueOf(e.getMessage())));
            return byDefault;
        }
    }

    /** The first component without whose value the record refuses something else or nothing; -1 for none. */
    private int culprit(@Nullable Object[] values, @Nullable Object[] defaults, String reason) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != defaults[i]) {
                @Nullable Object[] without = values.clone();
                without[i] = defaults[i];
                if (!reason.equals(refusal(without))) {
                    return i;
                }
            }
        }
        return -1;
    }

    private String line(RecordComponent component, String reason) {
        String known = "Invalid " + component.getName() + ": ";
        return key(component) + ": " + (reason.startsWith(known) ? reason.substring(known.length()) : reason);
    }

    /** Why the record refuses values; null when it accepts them. */
    private @Nullable String refusal(@Nullable Object[] values) {
        try {
            made(values);
            return null;
        } catch (IllegalArgumentException e) {
            return String.valueOf(e.getMessage());
        }
    }

    @SuppressWarnings("unchecked") // the class of a record R is Class<R>
    private R made(@Nullable Object[] values) {
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<? extends Record> constructor =
                    section.defaults().getClass().getConstructor(types);
            return (R) constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw e.getCause() instanceof IllegalArgumentException refusal ? refusal : unusable(e);
        } catch (ReflectiveOperationException e) {
            throw unusable(e);
        }
    }

    private @Nullable Object valueOf(RecordComponent component) {
        try {
            return component.getAccessor().invoke(section.defaults());
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
