package io.tributary.serving.dynamo;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Lets something else happen before a request is sent. For requests one at a time. */
final class Pause implements ExecutionInterceptor {
    private final Runnable meanwhile;
    private volatile int left = Integer.MAX_VALUE;

    Pause(Runnable meanwhile) {
        this.meanwhile = meanwhile;
    }

    /** Before the n-th request from now on. */
    synchronized void at(int request) {
        left = request;
    }

    boolean isOver() {
        return left <= 0;
    }

    @Override
    public synchronized void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        left--;
        if (left == 0) {
            meanwhile.run();
        }
    }
}
