package io.tributary.codec;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Opens files such that each later error names the path, too: the system's own say only "No space left on device". */
final class FileStreams {
    private FileStreams() {}

    static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("Cannot read %s: it is a directory (name a file)".formatted(file));
        }
        try {
            return new NamedInput(Files.newInputStream(file), file);
        } catch (IOException e) {
            throw failure("read", file, e);
        }
    }

    static OutputStream create(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException("Cannot write %s: it is a directory (name a file)".formatted(file));
        }
        try {
            return new NamedOutput(Files.newOutputStream(file), file);
        } catch (IOException e) {
            throw failure("write", file, e);
        }
    }

    private static IOException failure(String verb, Path file, IOException cause) {
        return new IOException("Cannot %s %s: %s".formatted(verb, file, reason(verb, cause)), cause);
    }

    private static String reason(String verb, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return verb.equals("read") ? "no such file" : "no such directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    private static final class NamedInput extends FilterInputStream {
        private final Path file;

        NamedInput(InputStream in, Path file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            try {
                return in.read();
            } catch (IOException e) {
                throw failure("read", file, e);
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw failure("read", file, e);
            }
        }
    }

    private static final class NamedOutput extends FilterOutputStream {
        private final Path file;

        NamedOutput(OutputStream out, Path file) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(int b) throws IOException {
            try {
                out.write(b);
            } catch (IOException e) {
                throw failure("write", file, e);
            }
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                throw failure("write", file, e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                out.close();
            } catch (IOException e) {
                throw failure("write", file, e);
            }
        }
    }
}
