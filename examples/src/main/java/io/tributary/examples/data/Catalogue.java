package io.tributary.examples.data;

import io.tributary.retail.Product;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The products that the convenience store sells: 5,446 in 21 divisions, 74 main categories and 190
 * sub-categories, 219 of them under the chain's own brand. The seed decides names, codes and prices; the
 * categories are always the same. Codes are unique and so are names. Brands are invented.
 */
public final class Catalogue {
    /** How many products there are. */
    public static final int SIZE = 5_446;

    /** How many of them carry the chain's own brand. */
    public static final int PRIVATE_BRAND_SIZE = 219;

    private final List<Product> products;
    private final Map<String, Product> byCode;
    private final int[] prices;
    private final List<Shelf> shelves;

    /** The products of a division, from the first index to before the end. */
    record Shelf(Taxonomy.Division division, int first, int end) {}

    Catalogue(List<Product> products, int[] prices, List<Shelf> shelves) {
        this.products = List.copyOf(products);
        this.prices = prices;
        this.shelves = List.copyOf(shelves);
        Map<String, Product> index = new LinkedHashMap<>();
        products.forEach(product -> index.put(product.productCode(), product));
        this.byCode = index;
    }

    /** The same seed gives the same catalogue. */
    public static Catalogue of(long seed) {
        return new CatalogueBuilder(Taxonomy.load(), seed).build();
    }

    /** All products, ordered by category. */
    public List<Product> products() {
        return products;
    }

    public Optional<Product> find(String productCode) {
        return Optional.ofNullable(byCode.get(productCode));
    }

    /** What a piece of the product costs, in won. */
    int price(int product) {
        return prices[product];
    }

    List<Shelf> shelves() {
        return shelves;
    }
}
