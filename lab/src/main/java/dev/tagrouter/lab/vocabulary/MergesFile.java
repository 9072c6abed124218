package dev.tagrouter.lab.vocabulary;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Writes {@code merges.tsv}, for people who check what was merged: UTF-8, one line feed a line, a header, then alias,
 * frequency, canonical, step (rule, cluster or rare) and cosine (four decimals, empty for a rule), sorted by canonical
 * name, then by frequency, the highest first.
 */
public final class MergesFile {
    private static final String NAME = "merges.tsv";

    private MergesFile() {}

    /** Writes into an existing folder; the file appears whole or not at all. */
    public static Path write(Path folder, List<Merge> merges) throws IOException {
        StringBuilder out = new StringBuilder("alias\tfrequency\tcanonical\tstep\tcosine\n");
        for (Merge merge : merges) {
            out.append(merge.alias())
                    .append('\t')
                    .append(merge.frequency())
                    .append('\t')
                    .append(merge.canonical())
                    .append('\t')
                    .append(merge.step().label())
                    .append('\t')
                    .append(Double.isNaN(merge.cosine()) ? "" : String.format(Locale.ROOT, "%.4f", merge.cosine()))
                    .append('\n');
        }
        Path beside = folder.resolve(NAME + ".part");
        Files.writeString(beside, out, StandardCharsets.UTF_8);
        return Files.move(
                beside, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
