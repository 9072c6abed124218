package dev.tagrouter.cli;

import dev.tagrouter.lab.dataset.BrokenLines;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** {@code --broken-lines}: what to do with lines that cannot be read. */
final class BrokenLinesOption {
    @Option(
            names = "--broken-lines",
            paramLabel = "P",
            defaultValue = "refuse",
            description = {
                "What to do with a line that is not UTF-8, not JSON or lacks what it needs: refuse (stop and name it) or "
                        + "skip (leave it out, count and name it); default: ${DEFAULT-VALUE}."
            })
    private BrokenLines.Policy policy = BrokenLines.Policy.REFUSE;

    BrokenLines start() {
        return new BrokenLines(policy);
    }

    /** Says which lines were left out, if any were. */
    void report(Io io, BrokenLines broken) {
        if (broken.count() == 0) {
            return;
        }
        PrintWriter err = io.err();
        broken.named().forEach(line -> err.println("tagrouter: left out: " + TagRouterCommand.oneLine(line)));
        if (broken.count() > broken.named().size()) {
            err.println("tagrouter: left out " + Figures.count(broken.count()) + " lines, of which the first "
                    + broken.named().size() + " are named");
        }
        err.flush();
    }
}
