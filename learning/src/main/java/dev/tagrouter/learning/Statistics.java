package dev.tagrouter.learning;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.profile.ProfileBundle;
import dev.tagrouter.core.profile.ProfileException;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.tagging.Vocabulary;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;

/**
 * The sums that a profile's scores follow from, in whole numbers: of every set, in five folds, one Gram matrix for each
 * group of models judged on the same queries, and each model's own products and outcomes.
 *
 * <p>Immutable. On disk it is a profile's {@code stats.bin}; no text of a query is in it, only 32-bit fingerprints.
 */
public final class Statistics {
    private final int tags;
    private final String vocabularyHash;
    private final String taggerId;
    private final List<FoldedStatistics> sets;

    Statistics(Vocabulary vocabulary, String taggerId, List<FoldedStatistics> sets) {
        this(vocabulary.termCount(), StatisticsFormat.vocabularyHash(vocabulary), taggerId, sets);
    }

    Statistics(int tags, String vocabularyHash, String taggerId, List<FoldedStatistics> sets) {
        this.tags = tags;
        this.vocabularyHash = vocabularyHash;
        this.taggerId = taggerId;
        this.sets = List.copyOf(sets);
    }

    /**
     * The statistics of a profile.
     *
     * @throws ProfileException when it has none, or they are damaged or another profile's
     */
    public static Statistics of(ProfileBundle bundle) throws ProfileException {
        String place = "profile " + bundle.profile().manifest().name() + ": stats.bin";
        byte[] body = bundle.statistics();
        if (body == null) {
            throw new ProfileException(
                    place
                            + " is missing, and adding a model needs it; restore it or learn the profile again without --no-stats");
        }
        try {
            Statistics statistics =
                    StatisticsFormat.decode(body, bundle.profile().table().vocabulary());
            statistics.requireFits(bundle.profile());
            return statistics;
        } catch (IOException e) {
            throw new ProfileException(
                    place + " cannot be used: " + e.getMessage() + "; restore it or learn the profile again", e);
        }
    }

    private void requireFits(Profile profile) throws IOException {
        boolean fits = taggerId.equals(profile.manifest().taggerId())
                && sets.size() == profile.table().sets().size();
        for (EvidenceSet set : profile.table().sets()) {
            List<String> models =
                    set.capabilities().stream().map(Capability::model).toList();
            fits &= sets.stream()
                    .anyMatch(own -> own.name().equals(set.name())
                            && own.models().size() == models.size()
                            && new HashSet<>(own.models()).containsAll(models));
        }
        if (!fits) {
            throw new IOException("its tagger, sets or models are not the profile's");
        }
    }

    /** The form that {@link ProfileBundle} keeps. */
    public byte[] toBytes() {
        return StatisticsFormat.encode(this);
    }

    /** The same tagger's statistics of other sets. */
    Statistics with(List<FoldedStatistics> others) {
        return new Statistics(tags, vocabularyHash, taggerId, others);
    }

    int tags() {
        return tags;
    }

    String vocabularyHash() {
        return vocabularyHash;
    }

    String taggerId() {
        return taggerId;
    }

    List<FoldedStatistics> sets() {
        return sets;
    }
}
