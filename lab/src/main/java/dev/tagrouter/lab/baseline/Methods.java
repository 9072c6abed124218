package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.scoring.PaperScorer;
import dev.tagrouter.lab.LabException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every method there is; a new one is one line here. */
public final class Methods {
    /** The name of ours, which every other method is compared with. */
    public static final String OURS = "tagrouter";

    /** The name of the published method. */
    public static final String PUBLISHED = "paper";

    /** Ours in another form: compared with ours, but no opponent of it. */
    public static final String WITH_EMBEDDING = OURS + "+embedding";

    /** What methods are that read something more. */
    private static final Map<String, String> WITHOUT =
            Map.of(WITH_EMBEDDING, OURS, "knn+tags", "knn", "mf+tags", "routellm-mf", "forc-lite+tags", "forc-lite");

    private static final String KNN = "knn-";

    private static final List<Method> ALL = List.of(
            new TagRouter(),
            new TagsAndEmbedding(),
            published(PaperScorer.PUBLISHED_TIE),
            new ShrunkMeans(),
            Knn.published(),
            new Mlp(),
            new SvmRouter(),
            new RouteLlmMf(false),
            new RouteLlmSw(),
            new RouteLlmBert(),
            new HybridLlm(HybridLlm.Label.DET),
            new HybridLlm(HybridLlm.Label.PROB),
            new HybridLlm(HybridLlm.Label.TRANS),
            new Forc(false),
            new Zooter(),
            new FrugalGpt(),
            new AvengersPro(),
            new UniRoute(),
            new EmbedLlm(),
            new IrtRouter(),
            new Carrot(),
            new Elo(),
            new LrClassifier(),
            Knn.withTags(),
            new RouteLlmMf(true),
            new Forc(true));

    /** Those that learn and decide in moments, of every kind: neighbours, clusters, nets, counts. */
    private static final List<String> QUICK =
            List.of(PUBLISHED, "shrunk-means", "knn", "forc-lite", "zooter-lite", "avengers-pro", "carrot-lite");

    private Methods() {}

    /** Ours and a few others of every kind that take moments: for a look, not for a claim. */
    public static List<Method> quick() {
        return ALL.stream()
                .filter(method -> method.name().equals(OURS) || QUICK.contains(method.name()))
                .toList();
    }

    /** Whether a method is ours, in one form or another. */
    public static boolean isOurs(String name) {
        return name.equals(OURS) || name.equals(WITH_EMBEDDING);
    }

    /** The name of a method without the tags or embeddings that this one reads beside; empty where it is no such form. */
    public static String without(String name) {
        return WITHOUT.getOrDefault(name, "");
    }

    /**
     * The published method, named {@value #PUBLISHED}.
     *
     * @param tieValue what a tie is worth, in [-1, 1]
     */
    public static Method published(double tieValue) {
        return new PaperCounts(tieValue);
    }

    /** All methods, ours first. */
    public static List<Method> all() {
        return ALL;
    }

    /**
     * The methods of the given names, ours always among them, in the usual order; all without names. Beside the listed
     * names, {@code knn-K} asks for neighbours at one K.
     *
     * @throws LabException when a name is unknown
     */
    public static List<Method> named(List<String> names) throws LabException {
        if (names.isEmpty()) {
            return ALL;
        }
        List<Method> named = new ArrayList<>(ALL.stream()
                .filter(method -> method.name().equals(OURS) || names.contains(method.name()))
                .toList());
        for (String name : Set.copyOf(names).stream().sorted().toList()) {
            if (ALL.stream().noneMatch(method -> method.name().equals(name))) {
                named.add(neighbours(name));
            }
        }
        return List.copyOf(named);
    }

    private static Method neighbours(String name) throws LabException {
        if (name.matches(KNN + "[1-9][0-9]{0,4}")) {
            return Knn.of(Integer.parseInt(name.substring(KNN.length())));
        }
        throw new LabException("there is no method '" + name + "'; the methods are "
                + String.join(", ", ALL.stream().map(Method::name).toList()) + ", and knn-K such as knn-40");
    }
}
