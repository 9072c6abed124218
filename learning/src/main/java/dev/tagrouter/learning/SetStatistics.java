package dev.tagrouter.learning;

import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.tagging.Tags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Everything that is learned from one judged set, as sums of whole numbers: adding two statistics is the same as
 * reading both sets of judgments, to the last bit.
 *
 * <p>Models that were judged on exactly the same queries share one {@link Gram}; a model with a missing judgment gets
 * its own from that query on.
 */
final class SetStatistics {
    /** One model's sums. */
    static final class Model {
        final Target quality;
        final Target tokens;
        final long[] win;
        final long[] tie;
        final long[] loss;

        Model(int tags) {
            this(Target.quality(tags), Target.tokens(tags), new long[tags], new long[tags], new long[tags]);
        }

        Model(Target quality, Target tokens, long[] win, long[] tie, long[] loss) {
            this.quality = quality;
            this.tokens = tokens;
            this.win = win;
            this.tie = tie;
            this.loss = loss;
        }

        private void add(Model other) {
            quality.add(other.quality);
            tokens.add(other.tokens);
            for (int t = 0; t < win.length; t++) {
                win[t] += other.win[t];
                tie[t] += other.tie[t];
                loss[t] += other.loss[t];
            }
        }
    }

    private final int tags;
    private final int reference;
    private final double tieMargin;
    private final List<Model> models = new ArrayList<>();
    private final List<Gram> grams = new ArrayList<>();
    private final int[] gramOf;

    /** @param reference the position of the model that outcomes are counted against, or -1 where none was judged */
    SetStatistics(int tags, int modelCount, int reference, double tieMargin) {
        this.tags = tags;
        this.reference = reference;
        this.tieMargin = tieMargin;
        this.gramOf = new int[modelCount];
        this.grams.add(new Gram(tags));
        for (int m = 0; m < modelCount; m++) {
            models.add(new Model(tags));
        }
    }

    /** Sums as they were kept: every model with the number of its Gram matrix. */
    SetStatistics(int tags, int reference, double tieMargin, List<Model> models, List<Gram> grams, int[] gramOf) {
        this.tags = tags;
        this.reference = reference;
        this.tieMargin = tieMargin;
        this.models.addAll(models);
        this.grams.addAll(grams);
        this.gramOf = gramOf;
    }

    /** Adds one judged query. */
    void add(Tags query, JudgedSet.Judged judged) {
        splitGroups(judged);
        boolean[] counted = new boolean[grams.size()];
        double against = reference < 0 ? Double.NaN : judged.quality().get(reference);
        for (int m = 0; m < models.size(); m++) {
            double quality = judged.quality().get(m);
            if (Double.isNaN(quality)) {
                continue;
            }
            if (!counted[gramOf[m]]) {
                counted[gramOf[m]] = true;
                grams.get(gramOf[m]).add(query);
            }
            Model model = models.get(m);
            model.quality.add(query, quality);
            model.tokens.add(query, judged.outputTokens().get(m));
            if (!Double.isNaN(against)) {
                count(model, query, quality - against);
            }
        }
    }

    private void count(Model model, Tags query, double gain) {
        long[] counts = switch (Outcome.of(gain, tieMargin)) {
            case WIN -> model.win;
            case TIE -> model.tie;
            case LOSS -> model.loss;
        };
        for (int k = 0; k < query.statedCount(); k++) {
            counts[query.index(k)]++;
        }
    }

    /** Gives models that this query tells apart from their group a copy of the group's sums so far. */
    private void splitGroups(JudgedSet.Judged judged) {
        int groups = grams.size();
        for (int g = 0; g < groups; g++) {
            int present = -1;
            int absent = -1;
            for (int m = 0; m < gramOf.length; m++) {
                if (gramOf[m] == g) {
                    if (Double.isNaN(judged.quality().get(m))) {
                        absent = m;
                    } else {
                        present = m;
                    }
                }
            }
            if (present >= 0 && absent >= 0) {
                grams.add(grams.get(g).copy());
                for (int m = 0; m < gramOf.length; m++) {
                    if (gramOf[m] == g && Double.isNaN(judged.quality().get(m))) {
                        gramOf[m] = grams.size() - 1;
                    }
                }
            }
        }
    }

    /** The sum of some statistics of the same set. */
    static SetStatistics sum(List<SetStatistics> parts) {
        SetStatistics first = parts.getFirst();
        SetStatistics sum = new SetStatistics(first.tags, first.models.size(), first.reference, first.tieMargin);
        sum.grams.clear();
        List<List<Integer>> keys = new ArrayList<>();
        for (int m = 0; m < first.gramOf.length; m++) {
            List<Integer> key = new ArrayList<>();
            for (SetStatistics part : parts) {
                key.add(part.gramOf[m]);
            }
            int group = keys.indexOf(key);
            if (group < 0) {
                group = keys.size();
                keys.add(key);
                Gram gram = new Gram(first.tags);
                for (int p = 0; p < parts.size(); p++) {
                    gram.add(parts.get(p).grams.get(key.get(p)));
                }
                sum.grams.add(gram);
            }
            sum.gramOf[m] = group;
            for (SetStatistics part : parts) {
                sum.models.get(m).add(part.models.get(m));
            }
        }
        return sum;
    }

    /** These sums with a model of other sums as the last; judged on the same queries, it shares their Gram matrix. */
    SetStatistics with(SetStatistics other, int m) {
        List<Model> more = new ArrayList<>(models);
        more.add(other.model(m));
        List<Gram> moreGrams = new ArrayList<>(grams);
        int group = 0;
        while (group < grams.size() && !grams.get(group).sameAs(other.gram(m))) {
            group++;
        }
        if (group == grams.size()) {
            moreGrams.add(other.gram(m));
        }
        int[] groups = Arrays.copyOf(gramOf, gramOf.length + 1);
        groups[gramOf.length] = group;
        return new SetStatistics(tags, reference, tieMargin, more, moreGrams, groups);
    }

    /** These sums without a model, and without its Gram matrix where no other shares it. */
    SetStatistics without(int m) {
        List<Model> fewer = new ArrayList<>(models);
        fewer.remove(m);
        List<Gram> used = new ArrayList<>();
        int[] groups = new int[fewer.size()];
        for (int i = 0; i < groups.length; i++) {
            Gram gram = gram(i < m ? i : i + 1);
            if (!used.contains(gram)) {
                used.add(gram);
            }
            groups[i] = used.indexOf(gram);
        }
        int against = reference == m ? -1 : reference > m ? reference - 1 : reference;
        return new SetStatistics(tags, against, tieMargin, fewer, used, groups);
    }

    /** The models that a model leans on, see {@link EvidenceSet#PEERS_HAVE}; ascending. */
    int[] peers(int m) {
        double most = EvidenceSet.PEERS_HAVE * (double) gram(m).queries();
        return IntStream.range(0, models.size())
                .filter(other -> gram(other).queries() > most)
                .toArray();
    }

    int tags() {
        return tags;
    }

    int modelCount() {
        return models.size();
    }

    Model model(int m) {
        return models.get(m);
    }

    Gram gram(int m) {
        return grams.get(gramOf[m]);
    }

    int reference() {
        return reference;
    }

    Gram gramOfGroup(int group) {
        return grams.get(group);
    }

    int groupCount() {
        return grams.size();
    }

    int group(int m) {
        return gramOf[m];
    }
}
