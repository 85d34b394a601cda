package io.tributary.examples.data;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The three levels of the store's categories and the words that its products are named after, read from
 * {@code taxonomy.txt} and {@code brands.txt}.
 */
record Taxonomy(List<Division> divisions, List<String> brands) {
    /**
     * @param sold weight among the sold lines
     * @param assortment weight among the products
     */
    record Division(
            String code,
            String name,
            int sold,
            int assortment,
            BusyHours busyHours,
            boolean ownBrand,
            List<MainCategory> mainCategories) {
        int subCategoryCount() {
            return mainCategories.stream()
                    .mapToInt(main -> main.subCategories().size())
                    .sum();
        }
    }

    record MainCategory(
            String code,
            String name,
            int cheapest,
            int dearest,
            List<String> flavours,
            List<String> sizes,
            List<SubCategory> subCategories) {}

    record SubCategory(String code, String name, List<String> nouns) {}

    private static final Pattern FIELD = Pattern.compile("\\s*\\|\\s*");
    private static final Pattern WORD = Pattern.compile("\\s+");
    private static final Pattern SUB_CATEGORY = Pattern.compile("\\s+/\\s+");
    private static final Pattern NOUN = Pattern.compile(",");

    Taxonomy {
        divisions = List.copyOf(divisions);
        brands = List.copyOf(brands);
    }

    static Taxonomy load() {
        List<Division> divisions = new ArrayList<>();
        for (String line : lines("taxonomy.txt")) {
            String[] fields = FIELD.split(line.substring(1).strip(), -1);
            if (line.startsWith("=")) {
                divisions.add(division(twoDigits(divisions.size() + 1), fields));
            } else {
                Division division = divisions.get(divisions.size() - 1);
                int number = division.mainCategories().size() + 1;
                division.mainCategories().add(mainCategory(division.code() + twoDigits(number), fields));
            }
        }
        List<String> halves = lines("brands.txt");
        List<String> brands = words(halves.get(0)).stream()
                .flatMap(first -> words(halves.get(1)).stream().map(second -> first + second))
                .toList();
        return new Taxonomy(divisions, brands);
    }

    private static Division division(String code, String[] fields) {
        return new Division(
                code,
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                BusyHours.valueOf(fields[3]),
                fields[4].equals("yes"),
                new ArrayList<>());
    }

    private static MainCategory mainCategory(String code, String[] fields) {
        int dash = fields[1].indexOf('-');
        List<SubCategory> subCategories = new ArrayList<>();
        for (String sub : SUB_CATEGORY.split(fields[4], -1)) {
            int equals = sub.indexOf('=');
            String name = equals < 0 ? sub : sub.substring(0, equals);
            List<String> nouns = NOUN.splitAsStream(sub.substring(equals + 1))
                    .map(Taxonomy::word)
                    .toList();
            subCategories.add(new SubCategory(code + twoDigits(subCategories.size() + 1), name, nouns));
        }
        return new MainCategory(
                code,
                fields[0],
                Integer.parseInt(fields[1].substring(0, dash)),
                Integer.parseInt(fields[1].substring(dash + 1)),
                words(fields[2]),
                words(fields[3]),
                List.copyOf(subCategories));
    }

    private static String twoDigits(int number) {
        return String.format(Locale.ROOT, "%02d", number);
    }

    private static List<String> words(String text) {
        return WORD.splitAsStream(text).map(Taxonomy::word).toList();
    }

    private static String word(String text) {
        return text.equals("_") ? "" : text;
    }

    private static List<String> lines(String resource) {
        InputStream stream = Taxonomy.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IllegalStateException("Cannot find the resource %s beside %s: rebuild the examples"
                    .formatted(resource, Taxonomy.class.getName()));
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the resource %s".formatted(resource), e);
        }
    }
}
