package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What holds for the help of every command. */
class HelpTest {
    /** Help texts are format strings: a bare per cent sign makes picocli warn on standard error, whatever stream it was given. */
    @Test
    void everyTextCanBeFormatted() {
        List<CommandSpec> commands = new ArrayList<>();
        collect(TagRouterCommand.commandLine(Io.standard(), ""), commands);
        assertThat(commands).hasSizeGreaterThan(20);
        for (CommandSpec command : commands) {
            assertThat(texts(command).filter(text -> !canBeFormatted(text)))
                    .as(command.qualifiedName())
                    .isEmpty();
        }
    }

    private static void collect(CommandLine command, List<CommandSpec> into) {
        into.add(command.getCommandSpec());
        command.getSubcommands().values().forEach(sub -> collect(sub, into));
    }

    private static Stream<String> texts(CommandSpec command) {
        CommandLine.Model.UsageMessageSpec usage = command.usageMessage();
        Stream<String> own =
                Stream.of(usage.header(), usage.description(), usage.footer()).flatMap(Stream::of);
        Stream<ArgSpec> arguments = Stream.concat(command.options().stream(), command.positionalParameters().stream());
        return Stream.concat(own, arguments.flatMap(argument -> Stream.of(argument.description())));
    }

    private static boolean canBeFormatted(String text) {
        try (Formatter formatter = new Formatter()) {
            formatter.format(text);
            return true;
        } catch (IllegalFormatException e) {
            return false;
        }
    }
}
