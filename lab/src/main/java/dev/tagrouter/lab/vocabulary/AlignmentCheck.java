package dev.tagrouter.lab.vocabulary;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tagrouter.core.tagging.AlignedTags;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.lab.dataset.ByteLines;
import dev.tagrouter.lab.tagger.TaggedQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How well free tags are aligned: judged on queries that several annotators tagged. What one wrote that the vocabulary does
 * not know should become a tag that another wrote for the same query.
 */
public final class AlignmentCheck {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A tag of one annotator, and what the others wrote. */
    private record Case(String tag, List<String> others) {}

    private final List<Case> cases;

    private AlignmentCheck(List<Case> cases) {
        this.cases = List.copyOf(cases);
    }

    /**
     * How aligning went.
     *
     * @param unknown tags that neither name, alias nor spelling rules bring onto the vocabulary
     * @param aligned how many of these became tags
     * @param precision the share of the tags they became that another annotator wrote; NaN without any
     * @param recall the share of unknown ones of which at least one such tag came
     */
    public record Result(int unknown, int aligned, double precision, double recall) {}

    /**
     * How much of what was written a vocabulary knows.
     *
     * @param occurrences tags in queries
     * @param names how many are names of tags
     * @param known how many are names, aliases, or the same by spelling rules
     * @param similar how many are so, or near by meaning
     */
    public record Coverage(long occurrences, long names, long known, long similar) {}

    /**
     * Reads the queries of a tags file that carry {@code annotators}: an array of arrays of tags. Queries marked as test are
     * left out, since cut-offs are chosen by this, and so are lines that are no JSON object: whoever reads the file for its
     * tags says what to do about them.
     *
     * @param excludedSources queries from one of these are left out
     */
    public static AlignmentCheck read(Path file, Set<String> excludedSources) throws IOException {
        List<Case> cases = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            ByteLines lines = new ByteLines(in, file.toString());
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                JsonNode node = parse(line);
                boolean excluded = excludedSources.contains(
                        TaggedQuery.source(node.path("id").asText("")));
                if (!excluded && !node.path("split").asText("").equals("test")) {
                    add(annotators(node), cases);
                }
            }
        }
        return new AlignmentCheck(cases);
    }

    private static JsonNode parse(byte[] line) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static List<Set<String>> annotators(JsonNode node) {
        List<Set<String>> annotators = new ArrayList<>();
        for (JsonNode annotator : node.path("annotators")) {
            Set<String> tags = new LinkedHashSet<>();
            annotator.forEach(tag -> tags.add(tag.asText()));
            annotators.add(tags);
        }
        return annotators;
    }

    private static void add(List<Set<String>> annotators, List<Case> cases) {
        for (int a = 0; a < annotators.size(); a++) {
            List<String> others = new ArrayList<>();
            for (int b = 0; b < annotators.size(); b++) {
                if (b != a) {
                    others.addAll(annotators.get(b));
                }
            }
            annotators.get(a).forEach(tag -> cases.add(new Case(tag, others)));
        }
    }

    /** Whether any query had several annotators. */
    public boolean isEmpty() {
        return cases.isEmpty();
    }

    /** Measures an aligner by meaning. */
    public Result of(Aligner aligner) {
        int unknown = 0;
        int aligned = 0;
        int became = 0;
        int right = 0;
        int found = 0;
        for (Case one : cases) {
            if (aligner.indexOf(one.tag()).isEmpty()) {
                unknown++;
                Set<String> others = new HashSet<>();
                one.others()
                        .forEach(other -> aligner.indexOf(other)
                                .ifPresent(
                                        index -> others.add(aligner.vocabulary().name(index))));
                List<Tag> tags = aligner.align(List.of(one.tag())).tags().all();
                long shared =
                        tags.stream().filter(tag -> others.contains(tag.name())).count();
                aligned += tags.isEmpty() ? 0 : 1;
                became += tags.size();
                right += (int) shared;
                found += shared > 0 ? 1 : 0;
            }
        }
        return new Result(
                unknown,
                aligned,
                became == 0 ? Double.NaN : right / (double) became,
                unknown == 0 ? Double.NaN : found / (double) unknown);
    }

    /** How much of the queries' tags an aligner brings onto its vocabulary. */
    public static Coverage coverage(Aligner aligner, List<TaggedQuery> queries) {
        long occurrences = 0;
        long names = 0;
        long known = 0;
        long similar = 0;
        for (TaggedQuery query : queries) {
            for (String tag : new LinkedHashSet<>(query.tags())) {
                AlignedTags aligned = aligner.align(List.of(tag));
                occurrences++;
                similar += aligned.unknown().isEmpty() ? 1 : 0;
                boolean isKnown = aligner.indexOf(tag).isPresent();
                known += isKnown ? 1 : 0;
                names += isKnown && aligned.tags().name(0).equals(tag) ? 1 : 0;
            }
        }
        return new Coverage(occurrences, names, known, similar);
    }
}
