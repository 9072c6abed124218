package dev.tagrouter.core.scoring;

import dev.tagrouter.core.tagging.PlainName;
import org.jspecify.annotations.Nullable;

/**
 * One model's column of evidence within one {@link EvidenceSet}: what is known of it, tag by tag.
 *
 * <p>Immutable. All arrays are indexed by the vocabulary's terms: tags, topics, axes.
 */
public final class Capability {
    /**
     * A model as a whole.
     *
     * @param model the model's name
     * @param price what it costs, or null: learned, but no candidate until priced
     * @param judged how many of the set's queries it was judged on
     * @param meanQuality its expected mean quality over all queries of the set, in [0, 1]: the plain mean, where it was
     *     judged on all of them
     * @param baseline the joint scorer's expected quality of a query without tags
     * @param residualVariance the variance of quality around the joint scorer's expectation, 0 or more
     * @param meanTokens mean output tokens over the judged queries, positive
     * @param baselineTokens expected output tokens of a query without tags
     * @param bend what the joint scorer's sum of terms is off by
     */
    public record Summary(
            String model,
            @Nullable Price price,
            long judged,
            double meanQuality,
            double baseline,
            double residualVariance,
            double meanTokens,
            double baselineTokens,
            Bend bend) {
        /** Adding 0 turns a negative zero, which the tables do not tell from zero, into zero. */
        public Summary {
            if (model.isBlank() || !model.strip().equals(model) || !PlainName.is(model)) {
                throw new IllegalArgumentException(
                        "model name '" + PlainName.shown(model)
                                + "' is blank, begins or ends with white space, or holds a control character; rename the model");
            }
            meanQuality += 0.0;
            baseline += 0.0;
            residualVariance += 0.0;
            meanTokens += 0.0;
            baselineTokens += 0.0;
            if (!(meanQuality >= 0 && meanQuality <= 1)
                    || !Double.isFinite(baseline)
                    || !(residualVariance >= 0)
                    || !Double.isFinite(residualVariance)
                    || !(meanTokens > 0)
                    || !Double.isFinite(meanTokens)
                    || !Double.isFinite(baselineTokens)
                    || judged < 0) {
                throw new IllegalArgumentException("model '" + model + "' has an impossible figure: judged " + judged
                        + ", mean quality " + meanQuality + ", baseline " + baseline + ", residual variance "
                        + residualVariance + ", mean tokens " + meanTokens + ", baseline tokens " + baselineTokens);
            }
        }

        /** A model whose sum of terms is its score. */
        public Summary(
                String model,
                @Nullable Price price,
                long judged,
                double meanQuality,
                double baseline,
                double residualVariance,
                double meanTokens,
                double baselineTokens) {
            this(model, price, judged, meanQuality, baseline, residualVariance, meanTokens, baselineTokens, Bend.NONE);
        }

        Summary with(@Nullable Price other) {
            return new Summary(
                    model, other, judged, meanQuality, baseline, residualVariance, meanTokens, baselineTokens, bend);
        }
    }

    /**
     * One tag's evidence on the model.
     *
     * @param win judgments, on queries stating the tag, that the model won against the set's reference
     * @param tie judgments it tied
     * @param loss judgments it lost
     * @param mass sum of the tag's confidences over the judged queries; of an axis of the wording, of its squares
     * @param score the joint scorer's effect of the tag: quality gained at confidence 1
     * @param tokens the tag's effect on the output length, in tokens at confidence 1
     */
    public record Row(long win, long tie, long loss, double mass, double score, double tokens) {
        /** A tag that the model was never judged on. */
        public static final Row NONE = new Row(0, 0, 0, 0, 0, 0);

        public Row {
            if (win < 0 || tie < 0 || loss < 0 || !(mass >= 0) || !Double.isFinite(mass)) {
                throw new IllegalArgumentException("a count or mass is negative or not finite: win " + win + ", tie "
                        + tie + ", loss " + loss + ", mass " + mass);
            }
            if (!Double.isFinite(score) || !Double.isFinite(tokens)) {
                throw new IllegalArgumentException("score " + score + " or tokens " + tokens + " is not finite");
            }
            mass += 0.0;
            score += 0.0;
            tokens += 0.0;
        }

        /** Whether all figures are zero. A loaded profile asks that of every row, long before {@code equals} is fast. */
        public boolean isNone() {
            return win == 0 && tie == 0 && loss == 0 && mass == 0 && score == 0 && tokens == 0;
        }
    }

    private final Summary summary;
    private final Row[] rows;

    /** @param rows one row for each term of the vocabulary, in its order */
    public Capability(Summary summary, Row[] rows) {
        this.summary = summary;
        this.rows = rows.clone();
    }

    /** The same column with another row for one tag. */
    public Capability with(int tag, Row row) {
        Row[] changed = rows.clone();
        changed[tag] = row;
        return new Capability(summary, changed);
    }

    /** The same column of a model that costs something else. */
    public Capability with(@Nullable Price price) {
        return new Capability(summary.with(price), rows);
    }

    public Summary summary() {
        return summary;
    }

    public String model() {
        return summary.model();
    }

    public Row row(int tag) {
        return rows[tag];
    }
}
