package io.tributary.examples.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductCodesTest {
    @ParameterizedTest
    @ValueSource(strings = {"4006381333931", "5901234123457", "96385074", "0036000291452", "0000000000000"})
    void computesTheCheckDigitOfPublishedEans(String ean) {
        assertThat(ProductCodes.withCheckDigit(ean.substring(0, ean.length() - 1)))
                .isEqualTo(ean);
    }
}
