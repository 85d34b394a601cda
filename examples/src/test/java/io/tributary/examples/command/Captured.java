package io.tributary.examples.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What a command printed, and its exit code. */
public record Captured(int code, String out, String err) {

    public static Captured run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Captured captured = runInto(new PrintStream(out, false, StandardCharsets.UTF_8), arguments);
        return new Captured(captured.code(), out.toString(StandardCharsets.UTF_8), captured.err());
    }

    static Captured runInto(PrintStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        try {
            int code = Tributary.run(out, new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
            return new Captured(code, "", err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    /** Standard output first. */
    public String text() {
        return out + err;
    }
}
