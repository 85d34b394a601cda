package io.tributary.serving.dynamo;

/** Tells that a version which was to be read was overwritten while the read ran. */
final class VersionGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    VersionGoneException(String sortPrefix) {
        super("Cannot find the shown version of slice %s (read again)".formatted(sortPrefix));
    }
}
