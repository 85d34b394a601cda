package io.tributary.aws;

import java.util.Objects;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** Why a call of the AWS SDK failed, on one line: what the service answered, with the id of the request, or what else. */
public final class SdkReason {
    /** What the SDK says instead tells what each of its sources lacks, in two thousand letters. */
    private static final String NO_CREDENTIALS =
            "no AWS credentials were found (set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, or run"
                    + " where a role is attached)";

    private SdkReason() {}

    public static String of(Throwable failure) {
        if (failure instanceof AwsServiceException service && service.awsErrorDetails() != null) {
            AwsErrorDetails details = service.awsErrorDetails();
            return "%s: %s (status %d, request %s)"
                    .formatted(
                            details.errorCode(),
                            oneLine(String.valueOf(details.errorMessage())),
                            service.statusCode(),
                            service.requestId());
        }
        String message = Objects.requireNonNullElse(
                failure.getMessage(), failure.getClass().getSimpleName());
        return message.startsWith("Unable to load credentials") ? NO_CREDENTIALS : oneLine(message);
    }

    static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
