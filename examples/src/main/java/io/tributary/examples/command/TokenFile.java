package io.tributary.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A secret that is given in a file: on a command line others could read it. */
final class TokenFile {
    private TokenFile() {}

    /**
     * The token; null when no file is given.
     *
     * @throws IOException when it is none that a header of HTTP can have; does not tell it
     */
    static @Nullable String read(@Nullable Path file) throws IOException {
        if (file == null) {
            return null;
        }
        String token;
        try {
            token = Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("Cannot read the token in %s (give a file of one line of text)".formatted(file), e);
        }
        if (!token.chars().allMatch(letter -> letter > ' ' && letter <= '~')) {
            throw new IOException(
                    "Invalid token in %s: it has blanks, line ends or letters beyond ASCII (give a file of one line of visible ASCII)"
                            .formatted(file));
        }
        return token;
    }
}
