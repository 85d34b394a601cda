package io.tributary.examples.data;

import io.tributary.examples.data.Catalogue.Shelf;
import io.tributary.examples.data.Taxonomy.Division;
import io.tributary.examples.data.Taxonomy.MainCategory;
import io.tributary.examples.data.Taxonomy.SubCategory;
import io.tributary.retail.Product;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Fills the categories of a taxonomy with products. */
final class CatalogueBuilder {
    private static final String OWN_BRAND = "온새";
    private static final int OWN_MAKER = 0;
    private static final int BRANDS_OF_A_DIVISION = 24;
    private static final int MAX_NAME_TRIES = 10_000;
    private static final int PRICE_STEP = 50;

    private final Taxonomy taxonomy;
    private final Dice dice;
    private final ProductCodes codes;
    private final Set<String> names = new HashSet<>();
    private final List<Product> products = new ArrayList<>(Catalogue.SIZE);
    private final int[] prices = new int[Catalogue.SIZE];

    CatalogueBuilder(Taxonomy taxonomy, long seed) {
        this.taxonomy = taxonomy;
        this.dice = Dice.of(seed, "catalogue");
        this.codes = new ProductCodes(Dice.of(seed, "product codes"));
    }

    Catalogue build() {
        int[] sizes = subCategorySizes();
        boolean[] ownBrand = ownBrandPlaces(sizes);
        List<Shelf> shelves = new ArrayList<>();
        int sub = 0;
        for (Division division : taxonomy.divisions()) {
            int first = products.size();
            int[] brands = brandsOf();
            for (MainCategory main : division.mainCategories()) {
                for (SubCategory category : main.subCategories()) {
                    for (int i = 0; i < sizes[sub]; i++) {
                        add(division, main, category, brands, ownBrand[products.size()]);
                    }
                    sub++;
                }
            }
            shelves.add(new Shelf(division, first, products.size()));
        }
        return new Catalogue(products, prices, shelves);
    }

    /** Shares out the products: each sub-category gets one, and the rest by the weight of its division. */
    private int[] subCategorySizes() {
        List<Double> weights = new ArrayList<>();
        double total = 0;
        for (Division division : taxonomy.divisions()) {
            int subCategories = division.subCategoryCount();
            for (int i = 0; i < subCategories; i++) {
                double weight = (0.5 + dice.unit()) * division.assortment() / subCategories;
                weights.add(weight);
                total += weight;
            }
        }
        int[] sizes = new int[weights.size()];
        int toShare = Catalogue.SIZE - sizes.length;
        double reached = 0;
        int shared = 0;
        for (int i = 0; i < sizes.length; i++) {
            reached += weights.get(i);
            int upTo = i == sizes.length - 1 ? toShare : (int) (toShare * reached / total);
            sizes[i] = 1 + upTo - shared;
            shared = upTo;
        }
        return sizes;
    }

    private boolean[] ownBrandPlaces(int[] sizes) {
        int[] eligible = new int[Catalogue.SIZE];
        int count = 0;
        int place = 0;
        int sub = 0;
        for (Division division : taxonomy.divisions()) {
            for (int i = 0; i < division.subCategoryCount(); i++, sub++) {
                for (int j = 0; j < sizes[sub]; j++, place++) {
                    if (division.ownBrand()) {
                        eligible[count++] = place;
                    }
                }
            }
        }
        boolean[] ownBrand = new boolean[Catalogue.SIZE];
        for (int i = 0; i < Catalogue.PRIVATE_BRAND_SIZE; i++) {
            int drawn = i + dice.below(count - i);
            ownBrand[eligible[drawn]] = true;
            eligible[drawn] = eligible[i];
        }
        return ownBrand;
    }

    private int[] brandsOf() {
        int[] all = new int[taxonomy.brands().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        dice.shuffle(all);
        return Arrays.copyOf(all, BRANDS_OF_A_DIVISION);
    }

    private void add(Division division, MainCategory main, SubCategory sub, int[] brands, boolean own) {
        for (int tries = 0; tries < MAX_NAME_TRIES; tries++) {
            int brand = brands[dice.below(brands.length)];
            int size = dice.below(main.sizes().size());
            String name = join(
                    own ? OWN_BRAND : taxonomy.brands().get(brand),
                    dice.pick(main.flavours()),
                    dice.pick(sub.nouns()),
                    main.sizes().get(size));
            if (names.add(name)) {
                prices[products.size()] = price(main, size);
                products.add(new Product(
                        division.code(),
                        division.name(),
                        main.code(),
                        main.name(),
                        sub.code(),
                        sub.name(),
                        codes.next(own ? OWN_MAKER : brand + 1),
                        name,
                        own));
                return;
            }
        }
        throw new IllegalStateException(
                "Cannot name another product of %s after %d tries: give it more flavours or sizes in taxonomy.txt"
                        .formatted(sub.name(), MAX_NAME_TRIES));
    }

    /** Larger sizes cost more. */
    private int price(MainCategory main, int size) {
        double place = (size + dice.unit()) / main.sizes().size();
        int above = (int) ((main.dearest() - main.cheapest()) * place);
        return main.cheapest() + above / PRICE_STEP * PRICE_STEP;
    }

    private static String join(String... words) {
        StringBuilder joined = new StringBuilder();
        for (String word : words) {
            if (!word.isEmpty()) {
                joined.append(joined.isEmpty() ? "" : " ").append(word);
            }
        }
        return joined.toString();
    }
}
