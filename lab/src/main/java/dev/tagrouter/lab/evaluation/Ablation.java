package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.lab.evaluation.AblationRow.Kind;
import dev.tagrouter.lab.evaluation.Variant.Student;
import dev.tagrouter.lab.evaluation.Variant.Teacher;
import dev.tagrouter.lab.evaluation.Variant.TieValue;
import dev.tagrouter.lab.tagger.TaggedQuery;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What each step from a teacher's tags to a decision is worth: the protocol of {@link Evaluation} with one step changed,
 * in F1 of the tags and in gain of AUC of our method and the published one.
 */
public final class Ablation {
    /**
     * What is tried, and how.
     *
     * @param data the folder that holds a folder for each set
     * @param tags the teacher's tags
     * @param pools the pools file's content
     * @param wanted pools of two candidates of one set, at least one
     * @param variants the rows
     * @param folds how many folds, 3 or more
     * @param resamples how many bootstrap resamples intervals come from, 1 or more
     * @param seed of the resamples
     * @param cache where taggers are kept
     */
    public record Plan(
            Path data,
            Path tags,
            Pools pools,
            List<Pool> wanted,
            Variants variants,
            int folds,
            int resamples,
            long seed,
            Path cache) {
        public Plan {
            wanted = List.copyOf(wanted);
        }
    }

    /** Told after every row, so that a run cut off keeps what it has. */
    @FunctionalInterface
    public interface Listener {
        void soFar(AblationResult result) throws IOException;
    }

    private final Plan plan;
    private final Progress progress;

    public Ablation(Plan plan, Progress progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * The pools of the given names; without names those of two candidates of the file's first set.
     *
     * @throws LabException when a name is unknown, or without names there is no such pool
     */
    public static List<Pool> pools(Pools file, List<String> names) throws LabException {
        if (!names.isEmpty()) {
            return file.named(names);
        }
        String set = file.pools().getFirst().data();
        List<Pool> pools = file.pools().stream()
                .filter(pool -> pool.data().equals(set) && pool.models().size() == 2)
                .toList();
        if (pools.isEmpty()) {
            throw new LabException("set " + set + " has no pool of two candidates; name some of another with --pool");
        }
        return pools;
    }

    /** Runs every variant. */
    public AblationResult run(Listener listener) throws IOException {
        Corpus corpus = Corpus.read(plan.data(), plan.tags(), plan.pools(), plan.folds(), progress);
        AblationGround ground = new AblationGround(plan, corpus);
        int untagged = TeacherTags.untagged(ground.table(), corpus.tagged());
        requireTags(ground, untagged);

        Student standard = plan.variants().standard();
        List<EmbeddedTagger> taggers = taggers(standard, corpus);
        List<Vocabulary> vocabularies =
                taggers.stream().map(EmbeddedTagger::vocabulary).toList();
        SetFeatures features = ground.features(taggers);
        List<AblationRow> rows = new ArrayList<>();
        rows.add(row(standard, CrossFittedF1.of(corpus, taggers, vocabularies), features, ground));
        AblationResult result = result(ground, untagged, rows);
        listener.soFar(result);
        for (Variant variant : plan.variants().others()) {
            rows.add(
                    switch (variant) {
                        case Student student -> student(student, corpus, ground, vocabularies);
                        case Teacher teacher -> teacher(teacher, corpus, ground);
                        case TieValue tie -> tie(tie, ground, features);
                    });
            result = result(ground, untagged, rows);
            listener.soFar(result);
        }
        return result;
    }

    private AblationResult result(AblationGround ground, int untagged, List<AblationRow> rows) {
        return new AblationResult(plan.wanted(), ground.queries(), untagged, rows);
    }

    private void requireTags(AblationGround ground, int untagged) throws LabException {
        boolean asked = plan.variants().others().stream().anyMatch(Teacher.class::isInstance);
        if (asked && untagged == ground.table().rows().size()) {
            Pool pool = plan.wanted().getFirst();
            throw new LabException("no query of pool " + pool.name() + " (set " + pool.data() + ") is tagged in '"
                    + plan.tags() + "'; tag them by the teacher, or leave the rows teacher-... out with --variants");
        }
    }

    private List<EmbeddedTagger> taggers(Student student, Corpus corpus) throws IOException {
        return new CrossFittedTaggers(student.trainer(), student.vocabularies(), plan.cache())
                .taggers(share(corpus.tagged(), student.percent()), corpus.folds(), of(student));
    }

    /** Chosen by the id alone, so that a smaller share is part of a larger one. */
    private static List<TaggedQuery> share(List<TaggedQuery> tagged, int percent) {
        return tagged.stream()
                .filter(query -> {
                    CRC32C hash = new CRC32C();
                    hash.update(query.id().getBytes(StandardCharsets.UTF_8));
                    return hash.getValue() % 100 < percent;
                })
                .toList();
    }

    private AblationRow student(Student student, Corpus corpus, AblationGround ground, List<Vocabulary> vocabularies)
            throws IOException {
        List<EmbeddedTagger> taggers = taggers(student, corpus);
        return row(student, CrossFittedF1.of(corpus, taggers, vocabularies), ground.features(taggers), ground);
    }

    private AblationRow row(Student student, CrossFittedF1 f1, SetFeatures features, AblationGround ground)
            throws IOException {
        return new AblationRow(
                student.name(),
                student.description(),
                Kind.STUDENT,
                f1.exact(),
                f1.canonical(),
                ground.gains(features, methods(), of(student)));
    }

    private AblationRow teacher(Teacher teacher, Corpus corpus, AblationGround ground) throws IOException {
        SetFeatures features = ground.features(new TeacherTags(teacher.vocabularies(), teacher.alignment())
                .taggers(corpus.tagged(), corpus.folds(), of(teacher)));
        return new AblationRow(
                teacher.name(),
                teacher.description(),
                Kind.TEACHER,
                Double.NaN,
                Double.NaN,
                ground.gains(features, methods(), of(teacher)));
    }

    private AblationRow tie(TieValue tie, AblationGround ground, SetFeatures features) throws IOException {
        return new AblationRow(
                tie.name(),
                tie.description(),
                Kind.TIE_VALUE,
                Double.NaN,
                Double.NaN,
                ground.gains(features, List.of(Methods.published(tie.value())), of(tie)));
    }

    private static List<Method> methods() throws LabException {
        return Methods.named(List.of(Methods.OURS, Methods.PUBLISHED));
    }

    private Progress of(Variant variant) {
        List<String> names = plan.variants().names();
        String step = variant.name() + " (" + (names.indexOf(variant.name()) + 1) + " of " + names.size() + "): ";
        return (what, done, total) -> progress.report(step + what, done, total);
    }
}
