package io.tributary.examples.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A secret that is given in a file: on a command line others could read it. */
final class TokenFile {
    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description =
                    "A file with the bearer token that callers have to give (default: none is asked for). The page"
                            + " takes it from its address: /#token=TOKEN.")
    private @Nullable Path file;

    /** The token; null when none is given. */
    @Nullable
    String read() throws IOException {
        if (file == null) {
            return null;
        }
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IOException("Cannot read the token in %s (give a file of one line of text)".formatted(file), e);
        }
    }
}
