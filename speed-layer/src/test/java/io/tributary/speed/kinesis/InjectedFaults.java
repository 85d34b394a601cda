package io.tributary.speed.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;

/** Turns answers to reads into errors, in the order given. */
final class InjectedFaults implements ExecutionInterceptor {
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();

    void next(int times, String error) {
        for (int i = 0; i < times; i++) {
            errors.add(error);
        }
    }

    boolean isUsedUp() {
        return errors.isEmpty();
    }

    @Override
    public SdkHttpResponse modifyHttpResponse(Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        String error = context.request() instanceof GetRecordsRequest ? errors.poll() : null;
        return error == null
                ? context.httpResponse()
                : context.httpResponse().toBuilder()
                        .statusCode(400)
                        .putHeader("x-amzn-ErrorType", error)
                        .build();
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        return context.httpResponse().isSuccessful()
                ? context.responseBody()
                : Optional.of(new ByteArrayInputStream("{}".getBytes(UTF_8)));
    }
}
