package dev.tagrouter.benchmarks;

import dev.tagrouter.core.profile.TaggerFiles;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import java.io.IOException;
import java.nio.file.Path;

/** How long a new JVM takes to read a tagger, as the very first thing that it does; docs/benchmarks/README.md runs it. */
final class TaggerLoad {
    private TaggerLoad() {}

    /** @param args the folder of a tagger or profile */
    public static void main(String[] args) throws IOException {
        long start = System.nanoTime();
        EmbeddedTagger tagger = TaggerFiles.read(Path.of(args[0]));
        long micros = (System.nanoTime() - start) / 1_000;
        System.out.printf(
                "%.1f ms, %d tags%n", micros / 1e3, tagger.vocabulary().size());
    }
}
