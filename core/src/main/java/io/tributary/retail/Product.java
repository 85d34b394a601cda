package io.tributary.retail;

import io.tributary.schema.Column;
import io.tributary.schema.ColumnType;
import io.tributary.schema.Schema;

/**
 * A product of the catalogue with its place in the three levels of categories.
 *
 * @param productCode text, mostly an EAN of 13 digits; leading zeros count
 * @param privateBrand whether it is sold under the chain's own brand
 */
public record Product(
        String divisionCode,
        String divisionName,
        String mainCategoryCode,
        String mainCategoryName,
        String subCategoryCode,
        String subCategoryName,
        String productCode,
        String productName,
        boolean privateBrand) {
    public static final Column<Product, String> DIVISION_CD =
            Column.text("division_cd", Product::divisionCode).comment("Division Code");
    public static final Column<Product, String> DIVISION_NAME =
            Column.text("division_name", Product::divisionName).comment("Division Name");
    public static final Column<Product, String> MAINCATEGORY_CD =
            Column.text("maincategory_cd", Product::mainCategoryCode).comment("MainCategory Code");
    public static final Column<Product, String> MAINCATEGORY_NAME =
            Column.text("maincategory_name", Product::mainCategoryName).comment("MainCategory Name");
    public static final Column<Product, String> SUBCATEGORY_CD =
            Column.text("subcategory_cd", Product::subCategoryCode).comment("SubCategory Code");
    public static final Column<Product, String> SUBCATEGORY_NAME =
            Column.text("subcategory_name", Product::subCategoryName).comment("SubCategory Name");
    public static final Column<Product, String> PRODUCT_CD =
            Column.text("product_cd", Product::productCode).comment("Product Code");
    public static final Column<Product, String> PRODUCT_NAME =
            Column.text("product_name", Product::productName).comment("Product Name");
    public static final Column<Product, Boolean> IS_PB =
            Column.of("is_pb", ColumnType.yesNo(), Product::privateBrand).comment("Whether Product PB");

    public static final Schema<Product> SCHEMA = Schema.of(
            "products_info",
            Product.class,
            DIVISION_CD,
            DIVISION_NAME,
            MAINCATEGORY_CD,
            MAINCATEGORY_NAME,
            SUBCATEGORY_CD,
            SUBCATEGORY_NAME,
            PRODUCT_CD,
            PRODUCT_NAME,
            IS_PB);
}
