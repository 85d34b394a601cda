package io.tributary.serving.dynamo;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Loses one request, or the answer to it. For requests one at a time. */
final class OneFault implements ExecutionInterceptor {
    private final boolean answerIsLost;
    private volatile int left = Integer.MAX_VALUE;

    OneFault(boolean answerIsLost) {
        this.answerIsLost = answerIsLost;
    }

    /** Lets the n-th request from now on fail. */
    synchronized void arm(int request) {
        left = request;
    }

    @Override
    public synchronized void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        left--;
        if (left == 0 && !answerIsLost) {
            throw SdkClientException.create("the request is lost");
        }
    }

    @Override
    public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
        if (left == 0) {
            throw SdkClientException.create("the answer is lost");
        }
    }
}
