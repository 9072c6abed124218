package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.profile.ProfileException;
import dev.tagrouter.core.profile.TaggerFiles;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.lab.ContentHash;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.lab.vocabulary.VocabularyMaker;
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
final class CrossFittedTaggers implements TagSource {
    private final TaggerTrainer trainer;
    private final VocabularyMaker vocabularies;
    private final Path cache;

    CrossFittedTaggers(TaggerTrainer trainer, VocabularyMaker vocabularies, Path cache) {
        this.trainer = trainer;
        this.vocabularies = vocabularies;
        this.cache = cache;
    }

    @Override
    public List<EmbeddedTagger> taggers(List<TaggedQuery> tagged, Folds folds, Progress progress) throws IOException {
        List<EmbeddedTagger> taggers = new ArrayList<>();
        for (int fold = 0; fold < folds.count(); fold++) {
            String step = "tagger " + (fold + 1) + " of " + folds.count();
            taggers.add(tagger(
                    TagSource.outside(fold, tagged, folds),
                    (what, done, total) -> progress.report(step + ": " + what, done, total)));
        }
        return taggers;
    }

    private EmbeddedTagger tagger(List<TaggedQuery> training, Progress progress) throws IOException {
        Path folder = cache.resolve("tagger-" + key(training));
        if (Files.isDirectory(folder)) {
            return kept(folder);
        }
        EmbeddedTagger tagger = trainer.train(training, vocabularies.vocabulary(training, progress), progress);
        Files.createDirectories(cache);
        TaggerFiles.write(folder, tagger);
        return tagger;
    }

    private static EmbeddedTagger kept(Path folder) throws IOException {
        try {
            return TaggerFiles.read(folder);
        } catch (ProfileException e) {
            throw new LabException(
                    "a tagger that was kept cannot be used: " + e.getMessage() + "; or delete the folder " + folder
                            + ", and it is trained again",
                    e);
        }
    }

    private String key(List<TaggedQuery> training) {
        ContentHash hash = new ContentHash()
                .add(trainer.toString())
                .add("version " + TaggerTrainer.VERSION)
                .add(vocabularies.id());
        for (TaggedQuery query : training) {
            hash.add(query.id()).add(query.text()).add(String.join("\t", query.tags()));
        }
        return hash.hex();
    }
}
