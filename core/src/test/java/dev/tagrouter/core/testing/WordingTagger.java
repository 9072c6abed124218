package dev.tagrouter.core.testing;

import dev.tagrouter.core.tagging.Calibration;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.FeatureTable;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Reading;
import dev.tagrouter.core.tagging.SparseWeights;
import dev.tagrouter.core.tagging.StatedRule;
import dev.tagrouter.core.tagging.TaggerWeights;
import dev.tagrouter.core.tagging.TextFeatures;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.tagging.Wording;
import java.util.ArrayList;
import java.util.List;

/**
 * A tagger that gives every text it knows a word of the one tag "colour", and has two axes: "red" lies along the first, "blue"
 * along the second, "green" is known and not placed.
 */
public final class WordingTagger {
    private static final float[] IDF = {3, 2, 4};
    private static final List<String> WORDS = List.of("red", "blue", "green");

    private WordingTagger() {}

    public static Vocabulary vocabulary() {
        return new Vocabulary(List.of(new Vocabulary.Entry("colour", 3, List.of()))).withAxes(2);
    }

    public static TaggerWeights weights() {
        int[] hashes = WORDS.stream().mapToInt(WordingTagger::hash).toArray();
        Calibration calibration = new Calibration(new float[] {-10, 10}, new float[] {-10, 10});
        return new TaggerWeights(
                new FeatureTable(hashes, IDF.clone()),
                new float[] {3},
                new Reading(SparseWeights.none(3), calibration, 123),
                new Reading(SparseWeights.none(1), calibration, 82),
                new Reading(SparseWeights.none(1), calibration, 82),
                new StatedRule(1024, 2048),
                // A unit of red is worth 0.02, of blue 0.04: 2 along their axes.
                new Wording(new float[] {0.02f, 0.04f}, new byte[] {100, 0, 0, 50}, new float[] {0.5f, -0.25f}));
    }

    public static EmbeddedTagger tagger() {
        return new EmbeddedTagger(vocabulary(), weights());
    }

    private static int hash(String word) {
        List<Integer> words = new ArrayList<>();
        new TextFeatures().extract(Query.of(word), new TextFeatures.Sink() {
            @Override
            public void words(int[] hashes, int count, boolean[] common) {
                words.add(hashes[0]);
            }

            @Override
            public void features(int[] hashes, int count, float weight) {
                // Only the word itself is known, not that a text opens with it.
            }
        });
        return words.getFirst();
    }
}
