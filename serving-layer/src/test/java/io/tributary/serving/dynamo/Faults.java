package io.tributary.serving.dynamo;

import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Cuts the connection for good: the request with a number is lost, or its answer is, and all after it. */
final class Faults implements ExecutionInterceptor {
    private final AtomicInteger sent = new AtomicInteger();
    private final int last;
    private final boolean answerIsLost;

    Faults(int last, boolean answerIsLost) {
        this.last = last;
        this.answerIsLost = answerIsLost;
    }

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        int number = sent.incrementAndGet();
        if (number > last || number == last && !answerIsLost) {
            throw SdkClientException.create("request %d is lost".formatted(number));
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (sent.get() >= last) {
            throw SdkClientException.create("the answer to request %d is lost".formatted(sent.get()));
        }
    }
}
