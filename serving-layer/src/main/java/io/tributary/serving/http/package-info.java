/**
 * Views over HTTP: answers as JSON and CSV, live as server-sent events. Needs Javalin and Micrometer's Prometheus
 * registry on the class path. Start with {@link io.tributary.serving.http.ViewServer}.
 */
@NullMarked
package io.tributary.serving.http;

import org.jspecify.annotations.NullMarked;
