package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.lab.baseline.Example;
import dev.tagrouter.lab.dataset.JudgedTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What methods see of a set's queries: for each fold under test its own tagger's tags, and the embeddings. */
final class SetFeatures {
    private final List<Tagger> taggers;
    /** By fold under test and row. */
    private final List<List<Tags>> tags = new ArrayList<>();
    /** By row; empty without embeddings. */
    private final List<Embedding> embeddings;

    SetFeatures(JudgedTable table, List<? extends Tagger> taggers, List<Embedding> embeddings) {
        this.taggers = List.copyOf(taggers);
        this.embeddings = List.copyOf(embeddings);
        for (Tagger tagger : taggers) {
            tags.add(table.rows().parallelStream()
                    .map(row -> tagger.tag(row.judged().query()))
                    .toList());
        }
    }

    int folds() {
        return taggers.size();
    }

    Tagger tagger(int fold) {
        return taggers.get(fold);
    }

    /** The examples at some positions of a pool, as the fold under test sees them. */
    List<Example> examples(PoolData data, int fold, int[] positions) {
        return Arrays.stream(positions)
                .mapToObj(position -> new Example(
                        data.judged(position).query(),
                        tags.get(fold).get(data.row(position)),
                        embeddings.isEmpty() ? Embedding.NONE : embeddings.get(data.row(position))))
                .toList();
    }
}
