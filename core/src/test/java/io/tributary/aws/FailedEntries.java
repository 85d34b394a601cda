package io.tributary.aws;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Takes a share of the entries out of each request and reports them as failed; always leaves one. */
final class FailedEntries implements ExecutionInterceptor {
    private static final ExecutionAttribute<BitSet> FAILED = new ExecutionAttribute<>("failed");

    private final Random random;
    private final double share;
    private final String code;

    FailedEntries(Random random, double share, String code) {
        this.random = random;
        this.share = share;
        this.code = code;
    }

    @Override
    public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
        if (!(context.request() instanceof PutRecordsRequest put)) {
            return context.request();
        }
        BitSet failed = new BitSet();
        List<PutRecordsRequestEntry> left = new ArrayList<>();
        synchronized (random) {
            for (int i = 0; i < put.records().size(); i++) {
                boolean last = left.isEmpty() && i == put.records().size() - 1;
                if (!last && random.nextDouble() < share) {
                    failed.set(i);
                } else {
                    left.add(put.records().get(i));
                }
            }
        }
        attributes.putAttribute(FAILED, failed);
        return put.toBuilder().records(left).build();
    }

    @Override
    public SdkResponse modifyResponse(Context.ModifyResponse context, ExecutionAttributes attributes) {
        BitSet failed = attributes.getAttribute(FAILED);
        if (failed == null || !(context.response() instanceof PutRecordsResponse answer)) {
            return context.response();
        }
        List<PutRecordsResultEntry> results = new ArrayList<>();
        int written = 0;
        while (written < answer.records().size() || failed.get(results.size())) {
            if (failed.get(results.size())) {
                results.add(PutRecordsResultEntry.builder()
                        .errorCode(code)
                        .errorMessage("made to fail")
                        .build());
            } else {
                results.add(answer.records().get(written++));
            }
        }
        return answer.toBuilder()
                .records(results)
                .failedRecordCount(failed.cardinality())
                .build();
    }
}
