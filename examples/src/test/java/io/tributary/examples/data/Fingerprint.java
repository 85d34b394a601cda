package io.tributary.examples.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The SHA-256 of records as lines of text. */
final class Fingerprint {
    private Fingerprint() {}

    static String of(List<?> records) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object line : records) {
                digest.update((line + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
