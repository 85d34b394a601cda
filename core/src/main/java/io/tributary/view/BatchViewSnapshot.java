package io.tributary.view;

import java.util.regex.Pattern;

/**
 * A batch view with what it was built from: what the batch layer publishes and the serving layer reads.
 *
 * @param batch the view's slices before its cut
 * @param definition the digest of the view's definition, {@link View#definitionDigest()}
 * @param seals the digest of the manifests of all partitions that it covers, which are those before the cut
 *     but its holes
 */
public record BatchViewSnapshot(BatchView batch, String definition, String seals) {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    public BatchViewSnapshot {
        check("definition", definition);
        check("seals", seals);
    }

    private static void check(String what, String digest) {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException(
                    "Invalid digest of %s: %s (must be 64 hexadecimal digits)".formatted(what, digest));
        }
    }

    /**
     * Refuses a snapshot of another view, or of another definition of the view.
     *
     * @throws IllegalStateException telling what it is of
     */
    public void checkOf(View<?> view) {
        if (!batch.view().equals(view.name()) || !definition.equals(view.definitionDigest())) {
            throw new IllegalStateException(
                    "Cannot use the snapshot of view %s up to %s as one of view %s: it was built by another definition (rebuild it by this one)"
                            .formatted(batch.view(), batch.cut(), view.name()));
        }
    }
}
