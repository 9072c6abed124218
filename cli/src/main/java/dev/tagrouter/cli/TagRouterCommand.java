package dev.tagrouter.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: {@code tagrouter COMMAND}. Exit 0 done, 1 failed, 2 wrong usage; an error is one line. */
@Command(
        name = "tagrouter",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "",
            "Sends each query to the cheapest language model that is good enough for it, and says why.",
            "",
            "A query becomes tags; tags look up what each model is good at; a threshold, theta, says what quality "
                    + "may cost: -1 is always the cheapest model, 0 the default, 1 the highest expected quality.",
            ""
        },
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Examples:",
            "  tagrouter route \"Write a SQL query for the top ten customers\"",
            "  tagrouter route --models gemma-2-9b-it,qwen2.5-7b-instruct --theta 0.3 --json \"Explain this contract clause\"",
            "  tagrouter tag \"Translate this poem into English\"",
            "  tagrouter learn --data judgments.csv --prices prices.csv --out my-profile",
            "  tagrouter models list",
            "  tagrouter profile show",
            "  tagrouter bench --quick",
            "",
            "tagrouter COMMAND --help explains a command. Exit code: 0 done, 1 failed, 2 wrong usage."
        })
public final class TagRouterCommand {
    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final int MOST_SHOWN = 1000;

    private TagRouterCommand() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Io io = Io.standard();
        int exit = execute(io, arguments);
        io.out().flush();
        io.err().flush();
        System.exit(exit);
    }

    /** Runs one command over the given streams and gives its exit code. */
    static int execute(Io io, String... arguments) {
        ServeCommand serve = ServeCommand.plain(io, arguments);
        if (serve == null) {
            return commandLine(io, arguments.length == 0 ? "" : arguments[0]).execute(arguments);
        }
        try {
            return serve.call();
        } catch (Exception e) {
            return failed(e, io);
        }
    }

    /**
     * The command tree over the given streams.
     *
     * @param first the first argument: where it names a command, the tree holds only that one
     */
    static CommandLine commandLine(Io io, String first) {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("route", () -> new CommandLine(new RouteCommand(io)));
        commands.put("tag", () -> new CommandLine(new TagCommand(io)));
        commands.put("serve", () -> new CommandLine(new ServeCommand(io)));
        commands.put("import", () -> new CommandLine(new ImportCommand(io)));
        commands.put("learn", () -> new CommandLine(new LearnCommand(io)));
        commands.put("evaluate", () -> new CommandLine(new EvaluateCommand(io)));
        commands.put("report", () -> new CommandLine(new ReportCommand(io)));
        commands.put("study", () -> StudyCommand.withSubcommands(io));
        commands.put("contamination", () -> new CommandLine(new ContaminationCommand(io)));
        commands.put("ablate", () -> new CommandLine(new AblateCommand(io)));
        commands.put("train-tagger", () -> new CommandLine(new TrainTaggerCommand(io)));
        commands.put("vocabulary", () -> VocabularyCommand.withSubcommands(io));
        commands.put("models", () -> ModelsCommand.withSubcommands(io));
        commands.put("profile", () -> ProfileCommand.withSubcommands(io));
        commands.put("bench", () -> BenchCommand.withSubcommands(io));
        // Reading the annotations of all commands takes longer than most of them run.
        Supplier<CommandLine> named =
                first.equals("rehearse") ? () -> new CommandLine(new RehearseCommand()) : commands.get(first);
        CommandLine top = new CommandLine(new TagRouterCommand());
        if (named != null) {
            top.addSubcommand(first, named.get());
        } else {
            commands.forEach((name, command) -> top.addSubcommand(name, command.get()));
        }
        return top.setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false)
                .setOut(io.out())
                .setErr(io.err())
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((e, arguments) -> wrongUsage(e))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, io));
    }

    private static int wrongUsage(ParameterException e) {
        CommandLine command = e.getCommandLine();
        print(command.getErr(), message(e) + "; see " + command.getCommandSpec().qualifiedName() + " --help");
        return USAGE;
    }

    private static String message(ParameterException e) {
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            String first = unmatched.getUnmatched().getFirst();
            if (!suggestions.isEmpty()) {
                return "'" + first + "' is not known; did you mean " + suggestions.getFirst() + "?";
            }
            return first.startsWith("-")
                    ? "option '" + first + "' is not known; put -- before a text that begins with -"
                    : e.getCommandLine().getSubcommands().isEmpty()
                            ? "'" + first + "' is one argument too many; put a text of several words in quotes"
                            : "there is no command '" + first + "'; name one of "
                                    + String.join(
                                            ", ",
                                            e.getCommandLine().getSubcommands().keySet());
        }
        Set<String> commands = e.getCommandLine().getSubcommands().keySet();
        // A command that acts by itself lacks none: something is wrong with an option.
        return commands.isEmpty() || e.getCommandLine().getCommand() instanceof Callable<?>
                ? String.valueOf(e.getMessage())
                : "no command given; name one of " + String.join(", ", commands);
    }

    private static int failed(Exception e, Io io) {
        PrintWriter err = io.err();
        io.out().flush();
        if (e instanceof UsageException) {
            print(err, String.valueOf(e.getMessage()));
            return USAGE;
        }
        boolean foreseen =
                e instanceof FailedException || e instanceof IOException || e instanceof UncheckedIOException;
        print(err, foreseen ? readable(e) : "an error of the program itself, please report it: " + e + place(e));
        return FAILED;
    }

    private static String readable(Exception e) {
        String message = e.getMessage();
        // The JDK's own exceptions for files carry nothing but the file's name.
        return message == null || e.getClass().getName().startsWith("java.nio.file")
                ? e.getClass().getSimpleName() + ": " + message
                : message;
    }

    private static String place(Exception e) {
        StackTraceElement[] trace = e.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private static void print(PrintWriter err, String message) {
        err.println("tagrouter: " + oneLine(message));
        err.flush();
    }

    /** On one line, without what a terminal would obey; of a long value the middle goes, since the remedy is last. */
    static String oneLine(String message) {
        String shown = message.length() <= MOST_SHOWN
                ? message.strip()
                : message.substring(0, MOST_SHOWN / 2) + " ... " + message.substring(message.length() - MOST_SHOWN / 2);
        StringBuilder line = new StringBuilder(shown.length());
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            boolean breaks = Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
            if (!breaks) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.toString();
    }
}
