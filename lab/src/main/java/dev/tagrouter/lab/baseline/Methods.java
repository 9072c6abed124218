package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.scoring.PaperScorer;
import dev.tagrouter.lab.LabException;
import java.util.List;

/** Every method there is; a new one is one line here. */
public final class Methods {
    /** The name of ours, which every other method is compared with. */
    public static final String OURS = "tagrouter";

    /** The name of the published method. */
    public static final String PUBLISHED = "paper";

    private static final List<Method> ALL =
            List.of(new TagRouter(), published(PaperScorer.PUBLISHED_TIE), new ShrunkMeans(), new Knn(40));

    private Methods() {}

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
     * The methods of the given names, ours always among them, in the usual order; all without names.
     *
     * @throws LabException when a name is unknown
     */
    public static List<Method> named(List<String> names) throws LabException {
        for (String name : names) {
            if (ALL.stream().noneMatch(method -> method.name().equals(name))) {
                throw new LabException("there is no method '" + name + "'; the methods are "
                        + String.join(", ", ALL.stream().map(Method::name).toList()));
            }
        }
        return names.isEmpty()
                ? ALL
                : ALL.stream()
                        .filter(method -> method.name().equals(OURS) || names.contains(method.name()))
                        .toList();
    }
}
