package dev.tagrouter.lab.tagger;

import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Vocabulary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * How well a tagger says what a teacher said of queries kept for the test: F1 by kind of query and by how frequent a tag is,
 * and whether its confidences hold.
 */
public final class TaggerReport {
    /** Reliability bins, each of as many stated tags. */
    public static final int BINS = 15;

    private static final Set<String> LANGUAGE_TAG = Set.of("chinese language");

    /**
     * F1 of some queries, each the mean over queries of F1 between the stated tags and the teacher's.
     *
     * @param count how many queries
     * @param exact against the teacher's tags as written
     * @param canonical against the teacher's tags by the vocabulary's names, where they are aliases
     * @param withoutLanguage as {@code exact}, with {@code chinese language} taken out of both sides
     */
    public record Row(long count, double exact, double canonical, double withoutLanguage) {}

    /**
     * The tags of one range of frequency, over all queries together.
     *
     * @param label "head", "torso", "tail" or "outside", and what it means
     * @param tags how many tags of the vocabulary lie in it
     * @param written how often the teacher wrote one
     * @param precision share of the stated that the teacher wrote, NaN where none was stated
     * @param recall share of the written that was stated, NaN where none was written
     */
    public record Band(String label, int tags, long written, double precision, double recall) {
        /** The harmonic mean of both; 0 where nothing is right. */
        public double f1() {
            return !(precision > 0 && recall > 0) ? 0 : 2 * precision * recall / (precision + recall);
        }
    }

    /**
     * Some of the stated tags, of about the same confidence.
     *
     * @param count how many
     * @param confidence their mean confidence
     * @param right the share of them that the teacher wrote
     */
    public record Bin(long count, double confidence, double right) {}

    private record Answer(TaggedQuery query, List<Tag> stated) {}

    private final Vocabulary vocabulary;
    private final List<Answer> answers = new ArrayList<>();

    /** Tags those of the queries that are marked as test. */
    public TaggerReport(Tagger tagger, List<TaggedQuery> queries) {
        this.vocabulary = tagger.vocabulary();
        for (TaggedQuery query : queries) {
            if (query.test()) {
                answers.add(new Answer(query, tagger.tag(query.query()).stated()));
            }
        }
    }

    /** F1 of the test queries of one kind; its figures are NaN where there are none. */
    public Row row(Predicate<TaggedQuery> kind) {
        double exact = 0;
        double canonical = 0;
        double withoutLanguage = 0;
        long count = 0;
        for (Answer answer : answers) {
            if (kind.test(answer.query())) {
                Set<String> stated = names(answer);
                Set<String> teacher = new HashSet<>(answer.query().tags());
                exact += F1.of(stated, teacher);
                canonical += F1.of(stated, canonical(teacher));
                stated.removeAll(LANGUAGE_TAG);
                teacher.removeAll(LANGUAGE_TAG);
                withoutLanguage += F1.of(stated, teacher);
                count++;
            }
        }
        return new Row(count, exact / count, canonical / count, withoutLanguage / count);
    }

    private static Set<String> names(Answer answer) {
        Set<String> names = new HashSet<>();
        answer.stated().forEach(tag -> names.add(tag.name()));
        return names;
    }

    private Set<String> canonical(Set<String> written) {
        return written.stream().map(vocabulary::canonical).collect(Collectors.toSet());
    }

    /** The sources of the test queries, in alphabetical order. */
    public List<String> sources() {
        return answers.stream()
                .map(answer -> answer.query().source())
                .distinct()
                .sorted()
                .toList();
    }

    /** Head, torso and tail of the vocabulary, and what lies outside of it. */
    public List<Band> bands() {
        return List.of(
                band("head (100 training queries or more)", 100, Long.MAX_VALUE),
                band("torso (20 to 99)", 20, 99),
                band("tail (fewer than 20)", 1, 19),
                band("outside the vocabulary", 0, 0));
    }

    private Band band(String label, long least, long most) {
        long written = 0;
        long stated = 0;
        long right = 0;
        for (Answer answer : answers) {
            Set<String> teacher = canonical(new HashSet<>(answer.query().tags()));
            written += teacher.stream().filter(tag -> within(tag, least, most)).count();
            for (String tag : names(answer)) {
                if (within(tag, least, most)) {
                    stated++;
                    right += teacher.contains(tag) ? 1 : 0;
                }
            }
        }
        int tags = (int) vocabulary.entries().stream()
                .filter(entry -> within(entry.name(), least, most))
                .count();
        return new Band(label, tags, written, right / (double) stated, right / (double) written);
    }

    private boolean within(String tag, long least, long most) {
        OptionalInt index = vocabulary.indexOf(tag);
        long frequency = index.isPresent()
                ? Math.max(1, vocabulary.entries().get(index.getAsInt()).frequency())
                : 0;
        return frequency >= least && frequency <= most;
    }

    /** The reliability diagram: the stated tags in {@value #BINS} bins of as many each, least sure first. */
    public List<Bin> reliability() {
        record Said(double confidence, boolean right) {}
        List<Said> said = new ArrayList<>();
        for (Answer answer : answers) {
            Set<String> teacher = Set.copyOf(answer.query().tags());
            for (Tag tag : answer.stated()) {
                said.add(new Said(tag.confidence(), teacher.contains(tag.name())));
            }
        }
        said.sort((a, b) -> Double.compare(a.confidence(), b.confidence()));
        List<Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            List<Said> bin = said.subList(said.size() * b / BINS, said.size() * (b + 1) / BINS);
            if (!bin.isEmpty()) {
                bins.add(new Bin(
                        bin.size(),
                        bin.stream().mapToDouble(Said::confidence).average().orElse(0),
                        bin.stream().filter(Said::right).count() / (double) bin.size()));
            }
        }
        return bins;
    }

    /** Expected calibration error: the mean, over stated tags, of the gap between confidence and truth of their bin. */
    public static double calibrationError(List<Bin> bins) {
        double gap = 0;
        long count = 0;
        for (Bin bin : bins) {
            gap += bin.count() * Math.abs(bin.confidence() - bin.right());
            count += bin.count();
        }
        return count == 0 ? Double.NaN : gap / count;
    }
}
