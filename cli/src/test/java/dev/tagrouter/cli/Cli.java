package dev.tagrouter.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the program in this process on the tiny profile, with captured streams. */
final class Cli {
    private final Path profile;

    /** What one run wrote, and its exit code. */
    record Result(int exit, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        JsonNode json() throws IOException {
            return JsonMapper.builder().build().readTree(out);
        }
    }

    private Cli(Path profile) {
        this.profile = profile;
    }

    /** Writes the tiny profile into the folder. */
    static Cli in(Path folder) throws IOException {
        Path profile = folder.resolve("tiny");
        TinyProfile.create().write(profile);
        return new Cli(profile);
    }

    /** With {@code --profile} and nobody typing. */
    Result run(String... arguments) {
        return withInput("", arguments);
    }

    /** With {@code --profile} and this on standard input. */
    Result withInput(String input, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--profile");
        all.add(profile.toString());
        return plain(input.getBytes(StandardCharsets.UTF_8), false, all.toArray(String[]::new));
    }

    /** The bare program. */
    static Result plain(byte[] input, boolean terminal, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Io io = new Io(new ByteArrayInputStream(input), terminal, new PrintWriter(out), new PrintWriter(err), false);
        int exit = TagRouterCommand.execute(io, arguments);
        return new Result(exit, out.toString(), err.toString());
    }
}
