package io.tributary.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the convenience store. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "tributary-examples",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "The convenience store: runs the whole pipeline in one process.")
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Cannot run without a subcommand (see --help)");
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"tributary-examples " + (version == null ? "development" : version)};
        }
    }
}
