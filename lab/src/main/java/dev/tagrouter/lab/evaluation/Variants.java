package dev.tagrouter.lab.evaluation;

import dev.tagrouter.core.embedding.SentenceEmbedder;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.evaluation.Variant.Student;
import dev.tagrouter.lab.evaluation.Variant.Teacher;
import dev.tagrouter.lab.evaluation.Variant.TieValue;
import dev.tagrouter.lab.tagger.TaggerTrainer;
import dev.tagrouter.lab.vocabulary.AsSpelt;
import dev.tagrouter.lab.vocabulary.NamesOnly;
import dev.tagrouter.lab.vocabulary.Normaliser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that an ablation can have: first what all are compared with, then the cheap ones. */
public final class Variants {
    /** The name of the standard taggers, which every other row is compared with. */
    public static final String STANDARD = "all";

    private static final String BY_MEANING = "teacher-meaning";

    private static final double[] TIE_VALUES = {0, 0.15, 0.25, 0.5, 0.75, 1};

    private final Student standard;
    private final List<Variant> others;

    private Variants(Student standard, List<Variant> others) {
        this.standard = standard;
        this.others = List.copyOf(others);
    }

    /**
     * Every variant of the standard trainer and normaliser.
     *
     * @param embedder null leaves out what goes by meaning
     * @param cache where embeddings are kept
     */
    public static Variants all(@Nullable SentenceEmbedder embedder, Path cache) {
        TaggerTrainer trainer = TaggerTrainer.standard();
        Normaliser normaliser = Normaliser.standard(embedder, cache);
        List<Variant> others = new ArrayList<>();
        others.add(new Teacher(
                "teacher-exact", "teacher's tags, where they are names of tags", normaliser, new Alignment.Names()));
        others.add(new Teacher(
                "teacher-rules", "teacher's tags, by aliases and spelling rules", normaliser, new Alignment.Rules()));
        if (embedder != null) {
            others.add(new Teacher(
                    BY_MEANING,
                    "teacher's tags, the others by meaning",
                    normaliser,
                    new Alignment.Meaning(embedder, cache)));
        }
        for (double value : TIE_VALUES) {
            String shown = value == Math.rint(value) ? Integer.toString((int) value) : Double.toString(value);
            others.add(new TieValue("tie-" + shown, "the published method, a tie worth " + shown, value));
        }
        others.add(new Student(
                "no-weighted-sampling",
                "all queries are drawn alike",
                changed(trainer, 0, trainer.secondWeightsPerTag()),
                normaliser,
                100));
        others.add(new Student(
                "no-normalisation", "every frequent spelling is a tag", trainer, new AsSpelt(trainer), 100));
        others.add(new Student(
                "no-alignment", "merged and rare spellings are dropped", trainer, new NamesOnly(normaliser), 100));
        others.add(new Student(
                "no-second-reading",
                "tags do not foretell tags",
                changed(trainer, trainer.rarity(), 0),
                normaliser,
                100));
        others.add(new Student("tags-50", "half of the tagged queries", trainer, normaliser, 50));
        others.add(new Student("tags-25", "a quarter of the tagged queries", trainer, normaliser, 25));
        return new Variants(new Student(STANDARD, "as shipped", trainer, normaliser, 100), others);
    }

    private static TaggerTrainer changed(TaggerTrainer from, float rarity, int secondWeightsPerTag) {
        return new TaggerTrainer(
                from.leastFrequency(),
                from.maxFeatures(),
                from.weightsPerTag(),
                secondWeightsPerTag,
                from.penalty(),
                rarity,
                from.mostPasses(),
                from.seed());
    }

    /**
     * The standard and those of the given names, in the usual order; all without names.
     *
     * @throws LabException when a name is unknown, or what it names needs an embedder and there is none
     */
    public Variants named(List<String> names) throws LabException {
        check(names);
        if (names.contains(BY_MEANING) && !names().contains(BY_MEANING)) {
            throw new LabException(
                    "variant " + BY_MEANING + " needs sentence embeddings, and no embedder is on the class"
                            + " path; leave it out of --variants, or put the module embeddings there");
        }
        return names.isEmpty()
                ? this
                : new Variants(
                        standard,
                        others.stream()
                                .filter(variant -> names.contains(variant.name()))
                                .toList());
    }

    /** @throws LabException when no variant, with an embedder or without, has one of these names */
    public static void check(List<String> names) throws LabException {
        List<String> known = new ArrayList<>(all(null, Path.of("")).names());
        known.add(BY_MEANING);
        for (String name : names) {
            if (!known.contains(name)) {
                throw new LabException(
                        "there is no variant '" + name + "'; the variants are " + String.join(", ", known));
            }
        }
    }

    /** The names, the standard first. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(STANDARD));
        others.forEach(variant -> names.add(variant.name()));
        return names;
    }

    Student standard() {
        return standard;
    }

    /** All but the standard. */
    List<Variant> others() {
        return others;
    }
}
