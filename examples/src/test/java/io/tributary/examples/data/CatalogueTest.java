package io.tributary.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.retail.Product;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private final List<Product> products = Catalogue.of(1).products();

    private long distinct(Function<Product, String> column) {
        return products.stream().map(column).distinct().count();
    }

    @Test
    void hasTheCountsOfTheWorkshop() {
        assertThat(products).hasSize(5_446);
        assertThat(distinct(Product::divisionCode)).isEqualTo(21);
        assertThat(distinct(Product::divisionName)).isEqualTo(21);
        assertThat(distinct(Product::mainCategoryCode)).isEqualTo(74);
        assertThat(distinct(Product::subCategoryCode)).isEqualTo(190);
        assertThat(products.stream().filter(Product::privateBrand)).hasSize(219);
    }

    @Test
    void namesAndCodesAreUnique() {
        assertThat(distinct(Product::productCode)).isEqualTo(products.size());
        assertThat(distinct(Product::productName)).isEqualTo(products.size());
    }

    @Test
    void sellsTobaccoAndCutleryWithCommasInItsCategory() {
        assertThat(products).extracting(Product::divisionName).contains("담배", "음료", "유제품", "라면");
        assertThat(products).extracting(Product::subCategoryName).contains("숟가락,젓가락,포크");
    }

    @Test
    void categoryCodesContainTheirParentsCode() {
        assertThat(products).allSatisfy(product -> {
            assertThat(product.divisionCode()).hasSize(2);
            assertThat(product.mainCategoryCode()).hasSize(4).startsWith(product.divisionCode());
            assertThat(product.subCategoryCode()).hasSize(6).startsWith(product.mainCategoryCode());
        });
    }

    @Test
    void namesFitTheColumnsOfTheWorkshop() {
        assertThat(products).allSatisfy(product -> {
            assertThat(product.divisionName().length()).isBetween(1, 20);
            assertThat(product.mainCategoryName().length()).isBetween(1, 20);
            assertThat(product.subCategoryName().length()).isBetween(1, 20);
            assertThat(product.productName().length()).isBetween(4, 50);
            assertThat(product.productName())
                    .isEqualTo(product.productName().strip())
                    .doesNotContain("  ");
        });
    }

    @Test
    void codesAreMostlyKoreanEansAndSomeAreShortOrBeginWithZero() {
        List<String> codes = products.stream().map(Product::productCode).toList();

        assertThat(codes).allMatch(code -> code.matches("\\d{6,8}|\\d{13}"));
        assertThat(codes.stream().filter(code -> code.matches("880\\d{10}")).count())
                .isBetween(4_900L, 5_300L);
        assertThat(codes.stream().filter(code -> code.length() <= 8).count()).isBetween(100L, 300L);
        assertThat(codes.stream().map(String::length).collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(6, 7, 8, 13);
        assertThat(codes).anyMatch(code -> code.matches("0\\d{12}")).anyMatch(code -> code.matches("0\\d{5,6}"));
    }

    @Test
    void eansEndInTheirCheckDigit() {
        assertThat(products)
                .extracting(Product::productCode)
                .filteredOn(code -> code.length() == 13 || code.length() == 8)
                .allSatisfy(code -> assertThat(ProductCodes.withCheckDigit(code.substring(0, code.length() - 1)))
                        .isEqualTo(code));
    }

    @Test
    void findsAProductByItsCode() {
        Catalogue catalogue = Catalogue.of(1);
        Product product = catalogue.products().get(77);

        assertThat(catalogue.find(product.productCode())).contains(product);
        assertThat(catalogue.find("no such code")).isEmpty();
    }

    @Test
    void sameSeedGivesTheSameProductsAndAnotherSeedOthers() {
        assertThat(Catalogue.of(1).products()).isEqualTo(products);
        assertThat(Catalogue.of(2).products()).isNotEqualTo(products).hasSize(Catalogue.SIZE);
        assertThat(Fingerprint.of(products))
                .isEqualTo("dcaf000b53a288e997d5e175d935cf65c6005ae7b3adfb647a4201d87a9f366f");
    }
}
