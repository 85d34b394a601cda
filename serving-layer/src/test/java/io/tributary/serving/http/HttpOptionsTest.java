package io.tributary.serving.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpOptionsTest {
    @Test
    void eachSettingChangesNothingElse() {
        HttpOptions options = HttpOptions.defaults()
                .withHost("0.0.0.0")
                .withPort(9090)
                .withMaxRange(Duration.ofDays(7))
                .withMaxRows(10)
                .withMaxStreams(2)
                .withRefreshInterval(Duration.ofMillis(50))
                .withPage("/dashboard");
        assertThat(options)
                .isEqualTo(new HttpOptions(
                        "0.0.0.0", 9090, null, Duration.ofDays(7), 10, 2, Duration.ofMillis(50), "/dashboard"));
        assertThat(HttpOptions.defaults().host()).isEqualTo("127.0.0.1");
    }

    @Test
    void whatIsWrongIsToldTogetherAndWithoutTheToken() {
        assertThatThrownBy(() ->
                        new HttpOptions(" ", 70_000, "secret", Duration.ZERO, 0, 0, Duration.ofHours(1), "dashboard"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "host: ' '",
                        "port: 70000",
                        "token: ",
                        "maxRange: PT0S",
                        "maxRows: 0",
                        "maxStreams: 0",
                        "refreshInterval: PT1H",
                        "page: dashboard")
                .hasMessageNotContaining("secret");
        assertThat(HttpOptions.defaults().withToken("a-long-enough-secret").toString())
                .doesNotContain("secret");
    }
}
