package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.serving.InMemorySpeedStore;
import io.tributary.serving.LambdaView;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewCatalogueTest {
    private final InMemorySpeedStore store = InMemorySpeedStore.create();
    private final LambdaView<EnrichedOrder> daily = LambdaView.of(RetailViews.DAILY_SALES, store);
    private final LambdaView<EnrichedOrder> hourly = LambdaView.of(RetailViews.HOURLY_SALES, store);
    private final ViewCatalogue catalogue = new ViewCatalogue(List.of(hourly, daily));

    @Test
    void hasViewsByTheirNamesInTheirOrder() {
        assertThat(catalogue.all()).hasSize(2).first().isSameAs(hourly);
        assertThat(catalogue.find("daily-sales")).isSameAs(daily);
    }

    @Test
    void namesTheViewsThatMayBeMeant() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> catalogue.find("dayly-sales"))
                .withMessageStartingWith("Cannot find view dayly-sales (did you mean daily-sales")
                .satisfies(problem -> assertThat(problem.status()).isEqualTo(404))
                .satisfies(problem -> assertThat(problem.nearest()).startsWith("daily-sales"));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> catalogue.find("zzzzzzzzzz"))
                .withMessage("Cannot find view zzzzzzzzzz (see /api/views)")
                .satisfies(problem -> assertThat(problem.nearest()).isEmpty());
    }
}
