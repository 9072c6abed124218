package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.profile.TaggerFiles;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.lab.ContentHash;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.lab.vocabulary.Normaliser;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One tagger for each fold under test, vocabulary included, trained on the tagged queries outside that fold. They are
 * kept on disk, by a hash of everything they were trained from.
 */
final class CrossFittedTaggers {
    private final TaggerTrainer trainer;
    private final Normaliser normaliser;
    private final Path cache;
    private final Progress progress;

    CrossFittedTaggers(TaggerTrainer trainer, Normaliser normaliser, Path cache, Progress progress) {
        this.trainer = trainer;
        this.normaliser = normaliser;
        this.cache = cache;
        this.progress = progress;
    }

    /** The tagger of every fold, in order. */
    List<EmbeddedTagger> of(List<TaggedQuery> tagged, Folds folds) throws IOException {
        List<EmbeddedTagger> taggers = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            int under = fold;
            // A query marked as test for the tagger's own figures may well train where another fold is under test.
            List<TaggedQuery> training = tagged.stream()
                    .filter(query -> folds.of(query.text()) != under)
                    .map(query -> new TaggedQuery(query.id(), query.language(), false, query.text(), query.tags()))
                    .toList();
            taggers.add(tagger(training, "tagger " + (fold + 1) + " of " + folds.count()));
        }
        return taggers;
    }

    private EmbeddedTagger tagger(List<TaggedQuery> training, String step) throws IOException {
        Path folder = cache.resolve("tagger-" + key(training));
        if (Files.isDirectory(folder)) {
            return TaggerFiles.read(folder);
        }
        Progress ofStep = (what, done, total) -> progress.report(step + ": " + what, done, total);
        EmbeddedTagger tagger = trainer.train(training, normaliser.vocabulary(training, ofStep), ofStep);
        Files.createDirectories(cache);
        TaggerFiles.write(folder, tagger);
        return tagger;
    }

    private String key(List<TaggedQuery> training) {
        ContentHash hash = new ContentHash()
                .add(trainer.toString())
                .add("version " + TaggerTrainer.VERSION)
                .add(normaliser.id());
        for (TaggedQuery query : training) {
            hash.add(query.id()).add(query.text()).add(String.join("\t", query.tags()));
        }
        return hash.hex();
    }
}
