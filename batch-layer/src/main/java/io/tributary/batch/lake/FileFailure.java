package io.tributary.batch.lake;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** The message of a failed operation on a file: one line with the path and the system's reason. */
final class FileFailure {
    private FileFailure() {}

    static IOException cannot(String verb, Object file, IOException cause) {
        return new IOException("Cannot %s %s: %s".formatted(verb, file, reason(cause)), cause);
    }

    /** Goes on when a file is gone or holds what it must not, which is so until somebody mends it. */
    static void throwUnlessOfContent(IOException failure) throws IOException {
        Throwable cause = failure.getCause();
        if (!(cause instanceof NoSuchFileException || cause instanceof IllegalArgumentException)) {
            throw failure;
        }
    }

    static String reason(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is in the way";
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
