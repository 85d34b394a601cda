package io.tributary.examples.data;

import io.tributary.examples.data.Catalogue.Shelf;
import java.util.List;

/**
 * Chooses products: a division by its share at the hour, then one of its products by a law like Zipf's, so
 * that a few products sell most of the pieces.
 */
final class Shopper {
    /** Flattens the head of the law, so that no single product rules its division. */
    private static final int HEAD = 4;

    private final AliasTable[] divisionByHour = new AliasTable[24];
    private final AliasTable[] placeByDivision;
    private final int[][] productsByDivision;

    Shopper(Catalogue catalogue, Dice dice) {
        List<Shelf> shelves = catalogue.shelves();
        for (int hour = 0; hour < divisionByHour.length; hour++) {
            double[] weights = new double[shelves.size()];
            for (int i = 0; i < weights.length; i++) {
                Taxonomy.Division division = shelves.get(i).division();
                weights[i] = division.sold() * division.busyHours().factor(hour);
            }
            divisionByHour[hour] = AliasTable.of(weights);
        }
        placeByDivision = new AliasTable[shelves.size()];
        productsByDivision = new int[shelves.size()][];
        for (int i = 0; i < shelves.size(); i++) {
            Shelf shelf = shelves.get(i);
            int[] products = new int[shelf.end() - shelf.first()];
            double[] weights = new double[products.length];
            for (int place = 0; place < products.length; place++) {
                products[place] = shelf.first() + place;
                weights[place] = 1.0 / (HEAD + place);
            }
            dice.shuffle(products);
            productsByDivision[i] = products;
            placeByDivision[i] = AliasTable.of(weights);
        }
    }

    /** The index of a product in the catalogue. */
    int choose(Dice dice, int hour) {
        int division = divisionByHour[hour].draw(dice);
        return productsByDivision[division][placeByDivision[division].draw(dice)];
    }
}
