package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.dataset.DataSource;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.lab.tagger.TaggedQueries;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an evaluation reads.
 *
 * @param tables every set that the pools file names, wanted or not: the partition must not depend on what is asked for
 * @param tagged the teacher's tags
 * @param folds the one partition of all texts
 */
record Corpus(Map<String, JudgedTable> tables, List<TaggedQuery> tagged, Folds folds) {
    /** Reads the sets below {@code data} and the teacher's tags. */
    static Corpus read(Path data, Path tags, Pools pools, int folds, Progress progress) throws IOException {
        Map<String, JudgedTable> tables = new LinkedHashMap<>();
        for (Pool pool : pools.pools()) {
            if (!tables.containsKey(pool.data())) {
                progress.report("reading " + pool.data(), 0, 0);
                tables.put(pool.data(), table(data.resolve(pool.data())));
            }
        }
        List<TaggedQuery> tagged = TaggedQueries.read(tags, Set.of());
        progress.report("partitioning the texts", 0, 0);
        Set<String> texts = new LinkedHashSet<>();
        tagged.forEach(query -> texts.add(query.text()));
        tables.values().forEach(table -> table.rows().forEach(row -> texts.add(row.text())));
        return new Corpus(tables, tagged, Folds.of(texts, folds));
    }

    private static JudgedTable table(Path folder) throws IOException {
        return new DataSource(folder, List.of(), Map.of(), Map.of(), 0, null, Map.of()).table();
    }

    /** The set of a pool of the pools file. */
    JudgedTable table(Pool pool) {
        JudgedTable table = tables.get(pool.data());
        if (table == null) {
            throw new IllegalStateException("set " + pool.data() + " was not read");
        }
        return table;
    }
}
