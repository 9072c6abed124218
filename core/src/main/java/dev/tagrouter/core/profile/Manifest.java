package dev.tagrouter.core.profile;

import dev.tagrouter.core.tagging.PlainName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/**
 * What a profile says about itself.
 *
 * @param name a short name for people
 * @param created when it was learned
 * @param licence what the evidence may be used for, in a few words
 * @param scorer which scorer routes
 * @param tieValue what a tie is worth to the published scorer, in [-1, 1]
 * @param theta the default cost threshold
 * @param defaultModel who answers where evidence does not decide
 * @param candidates the models chosen between when a request names none; each with a price in its evidence
 * @param taggerId identifies the tagger's training run
 * @param sources where the evidence comes from, one entry for each set
 */
public record Manifest(
        String name,
        Instant created,
        String licence,
        ScorerKind scorer,
        double tieValue,
        double theta,
        String defaultModel,
        List<String> candidates,
        String taggerId,
        List<Source> sources) {
    /** Which scorer and decider a profile routes with. */
    public enum ScorerKind {
        /** Soft tags, effects estimated jointly, theta in [-1, 1]: the default. */
        JOINT,
        /** The published counts and rule, theta on the raw score's scale. */
        PAPER
    }

    /**
     * Where a set of judgments comes from.
     *
     * @param set the set's name
     * @param origin who published the judgments, and their licence as the publisher states it
     */
    public record Source(String set, String origin) {
        public Source {
            origin = oneLine(origin);
        }
    }

    public Manifest {
        candidates = List.copyOf(candidates);
        sources = List.copyOf(sources);
        name = oneLine(name);
        licence = oneLine(licence);
        taggerId = oneLine(taggerId);
        if (name.isBlank() || defaultModel.isBlank()) {
            throw new IllegalArgumentException("a profile needs a name and a default model");
        }
        for (String model : candidates) {
            requireModelName(model);
        }
        requireModelName(defaultModel);
        tieValue += 0.0;
        theta += 0.0;
        if (candidates.isEmpty() || new HashSet<>(candidates).size() != candidates.size()) {
            throw new IllegalArgumentException(
                    "a profile needs at least one candidate, each named once; it has " + candidates);
        }
        if (!(tieValue >= -1 && tieValue <= 1)
                || !Double.isFinite(theta)
                || (scorer == ScorerKind.JOINT && !(theta >= -1 && theta <= 1))) {
            throw new IllegalArgumentException(
                    "tie value " + tieValue + " or theta " + theta + " is outside its range");
        }
    }

    private static void requireModelName(String model) {
        if (!PlainName.is(model) || !model.strip().equals(model)) {
            throw new IllegalArgumentException("model name '" + PlainName.shown(model)
                    + "' begins or ends with white space or holds a control character; rename the model");
        }
    }

    /** Free text as the file holds it: without outer white space, without anything that UTF-8 could not carry. */
    private static String oneLine(String text) {
        String plain = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        StringBuilder line = new StringBuilder(plain.length());
        plain.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
        return line.toString().strip();
    }

    /** The same manifest with another scorer and its natural default theta, 0. */
    public Manifest withScorer(ScorerKind kind) {
        return new Manifest(name, created, licence, kind, tieValue, 0, defaultModel, candidates, taggerId, sources);
    }

    /** The same manifest under another name. */
    public Manifest withName(String other) {
        return new Manifest(
                other, created, licence, scorer, tieValue, theta, defaultModel, candidates, taggerId, sources);
    }

    /** The same manifest with another note on what it may be used for. */
    public Manifest withLicence(String other) {
        return new Manifest(name, created, other, scorer, tieValue, theta, defaultModel, candidates, taggerId, sources);
    }

    /** The same manifest with another default theta. */
    public Manifest withTheta(double other) {
        return new Manifest(
                name, created, licence, scorer, tieValue, other, defaultModel, candidates, taggerId, sources);
    }

    /** The same manifest with another default model and other candidates. */
    public Manifest withModels(String otherDefault, List<String> otherCandidates) {
        return new Manifest(
                name, created, licence, scorer, tieValue, theta, otherDefault, otherCandidates, taggerId, sources);
    }

    /** The same manifest with other notes on where the evidence comes from. */
    public Manifest withSources(List<Source> others) {
        return new Manifest(
                name, created, licence, scorer, tieValue, theta, defaultModel, candidates, taggerId, others);
    }
}
