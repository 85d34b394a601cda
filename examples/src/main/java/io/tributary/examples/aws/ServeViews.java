package io.tributary.examples.aws;

import io.tributary.examples.command.Tributary;
import java.util.stream.Stream;

/** Serves the dashboard over layers on AWS; see {@code --help}. The command {@code serve}. */
public final class ServeViews {
    private ServeViews() {}

    public static void main(String[] arguments) {
        System.exit(Tributary.run(
                Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new)));
    }
}
