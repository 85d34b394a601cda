package io.tributary.examples.command;

import io.tributary.examples.job.RunSpeedJob;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line: finds the command, turns failures into one line, and gives the exit code. */
@Command(
        name = "tributary",
        description = "A convenience store's orders through a lambda architecture: lake, Flink, and one exact answer.",
        versionProvider = BuildVersion.class,
        subcommands = {
            DemoCommand.class,
            GenerateCommand.class,
            GenerateOrdersCommand.class,
            ViewsCommand.class,
            ViewCommand.class,
            IngestCommand.class,
            QueryCommand.class,
            LabCommand.class,
            NotebookCommand.class,
            WatchCommand.class,
            ImportProductsCommand.class,
            CreateTableCommand.class,
            RunQueryCommand.class,
            BuildBatchViewsCommand.class,
            BatchCommand.class,
            CompactCommand.class,
            ReconcileCommand.class,
            RunSpeedJob.class,
            ServeCommand.class,
            BenchCommand.class,
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage. Results go to standard output, all else to standard error."
        },
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true)
public final class Tributary {
    private static final int FAILED = CommandLine.ExitCode.SOFTWARE;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    private Tributary() {}

    /** Runs a command and returns its exit code: 0 done, 1 failed, 2 wrong usage. */
    public static int run(String... arguments) {
        // Korean text has to come out whole, whatever the platform's default.
        return run(utf8(FileDescriptor.out), utf8(FileDescriptor.err), arguments);
    }

    static int run(PrintStream out, PrintStream err, String... arguments) {
        System.setOut(out);
        System.setErr(err);
        // Numbers look the same on every machine.
        Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
        CommandLine commands = new CommandLine(new Tributary())
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler(Tributary::report)
                .setParameterExceptionHandler(Tributary::reportUsage)
                .setCaseInsensitiveEnumValuesAllowed(true);
        int code = arguments.length == 0 ? commands.execute("--help") : commands.execute(arguments);
        out.flush();
        if (out.checkError()) {
            err.println("tributary: Cannot write to standard output: it was closed or is full");
            return FAILED;
        }
        return code;
    }

    private static int report(Exception failure, CommandLine command, ParseResult parsed) {
        Tributary root = command.getCommandSpec().root().userObject() instanceof Tributary tributary
                ? tributary
                : new Tributary();
        command.getErr().println("tributary: " + Failures.line(failure));
        if (root.verbose) {
            failure.printStackTrace(command.getErr());
        }
        return FAILED;
    }

    private static int reportUsage(ParameterException wrong, String[] arguments) {
        CommandLine command = wrong.getCommandLine();
        Failures.lines(wrong).forEach(line -> command.getErr().println("tributary: " + line));
        command.getErr().printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
        return CommandLine.ExitCode.USAGE;
    }

    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
