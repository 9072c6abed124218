package dev.tagrouter.cli;

import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --alignment}: how free tags are brought onto a vocabulary. */
final class AlignmentOption {
    /** The two ways. */
    enum Way {
        EXACT,
        SIMILAR
    }

    @Option(
            names = "--alignment",
            paramLabel = "A",
            defaultValue = "exact",
            description = {
                "How given tags are looked up: exact (name, alias, or the same but for case, hyphens, plural and British or "
                        + "American spelling) or similar (then the nearest tag by sentence embedding, where it is near "
                        + "enough); default: ${DEFAULT-VALUE}."
            })
    private Way way = Way.EXACT;

    boolean isSimilar() {
        return way == Way.SIMILAR;
    }

    Aligner aligner(Vocabulary vocabulary) throws IOException {
        return switch (way) {
            case EXACT -> Aligner.exact(vocabulary);
            case SIMILAR -> Aligner.similar(vocabulary, Embedders.required("--alignment similar"), Embedders.cache());
        };
    }
}
