package io.tributary.examples;

import io.tributary.examples.command.Tributary;

/** The executable; see {@code --help}. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(arguments));
    }
}
