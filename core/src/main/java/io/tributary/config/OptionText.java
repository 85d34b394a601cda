package io.tributary.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the values of one type are read from text. */
@FunctionalInterface
interface OptionText {
    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException when the text is none; the message is the value, the limit and the fix
     */
    Object parse(String text);

    Pattern BYTES = Pattern.compile("(-?\\d+) *(|KiB|MiB|GiB)");

    OptionText WHOLE = or("must be a whole number, without separators", Long::valueOf);
    OptionText BYTE_COUNT = or("must be as 1048576 or 1 MiB; units are KiB, MiB and GiB", OptionText::bytes);

    Map<Class<?>, OptionText> KNOWN = Map.ofEntries(
            Map.entry(String.class, text -> text),
            Map.entry(long.class, WHOLE),
            Map.entry(Long.class, WHOLE),
            Map.entry(int.class, WHOLE),
            Map.entry(boolean.class, OptionText::truth),
            Map.entry(Duration.class, or("must be as PT0.5S, PT10S, PT5M or PT24H", Duration::parse)),
            Map.entry(Instant.class, or("must be as 2026-01-31T09:00:00Z", Instant::parse)),
            Map.entry(ZoneId.class, or("must be as Asia/Seoul or +09:00", ZoneId::of)),
            Map.entry(URI.class, or("must be as https://host:port", URI::create)),
            Map.entry(Path.class, or("must be a path", Path::of)));

    /** Empty for a component whose type has no text. */
    static Optional<OptionText> of(RecordComponent component) {
        Class<?> type = component.getType();
        if (type.isEnum()) {
            return Optional.of(text -> constant(type, text));
        }
        OptionText known = KNOWN.get(type);
        if (known == WHOLE) {
            OptionText number = component.getName().endsWith("Bytes") ? BYTE_COUNT : WHOLE;
            return Optional.of(type == int.class ? narrowed(number) : number);
        }
        return known != null
                ? Optional.of(known)
                : Stream.of(type.getMethods())
                        .filter(method -> isParse(method, type))
                        .findFirst()
                        .map(method -> text -> call(method, text));
    }

    private static OptionText narrowed(OptionText number) {
        return text -> {
            long value = (Long) number.parse(text);
            if (value != (int) value) {
                throw new IllegalArgumentException("%s (must be at most %d)".formatted(text, Integer.MAX_VALUE));
            }
            return (int) value;
        };
    }

    private static long bytes(String text) {
        Matcher parts = BYTES.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Invalid number of bytes: " + text);
        }
        int power = List.of("", "KiB", "MiB", "GiB").indexOf(parts.group(2));
        return Math.multiplyExact(Long.parseLong(parts.group(1)), 1L << (10 * power));
    }

    private static boolean isParse(Method method, Class<?> type) {
        return method.getName().equals("parse")
                && Modifier.isStatic(method.getModifiers())
                && method.getReturnType() == type
                && method.getParameterCount() == 1
                && method.getParameterTypes()[0].isAssignableFrom(String.class);
    }

    private static OptionText or(String limit, OptionText reading) {
        return text -> {
            try {
                return reading.parse(text);
            } catch (RuntimeException e) {
                throw new IllegalArgumentException("%s (%s)".formatted(text, limit), e);
            }
        };
    }

    private static Object truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("%s (must be true or false)".formatted(text));
        };
    }

    private static Object constant(Class<?> type, String text) {
        List<?> constants = Arrays.asList(type.getEnumConstants());
        List<String> names =
                constants.stream().map(constant -> name((Enum<?>) constant)).toList();
        int index = names.indexOf(text.toLowerCase(Locale.ROOT).replace('_', '-'));
        if (index < 0) {
            throw new IllegalArgumentException("%s (must be one of %s)".formatted(text, String.join(", ", names)));
        }
        return constants.get(index);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Object call(Method parse, String text) {
        try {
            return parse.invoke(null, text);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getTargetException().getMessage(), e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException("Cannot call %s (make its class public)".formatted(parse), e);
        }
    }
}
