package dev.tagrouter.core.tagging;

/**
 * How many of a query's tags are sure enough to be stated: as many as promise the highest F1, and none where even that is
 * below a bound, since little is known of the query then.
 *
 * <p>With confidences p1 >= p2 >= ... the first k tags promise {@code F1 = 2 (p1 + ... + pk) / (k + n)}, where n is how
 * many tags the query can be expected to carry: the sum of all confidences, and a constant for tags outside the
 * vocabulary. Stating one more helps as long as its confidence is above half of the F1 promised so far (Lipton, Elkan and
 * Narayanaswamy, ECML 2014), so the cut-off is lower where less is sure.
 *
 * @param leastPromise the bound on the promised F1, in units of 1/{@value Tags#UNITS}, from 0 to {@value Tags#UNITS}
 * @param unseenUnits how many tags outside the vocabulary a query carries, in the same units, from 0 to 16 tags
 */
public record StatedRule(int leastPromise, int unseenUnits) {
    private static final int MOST_UNSEEN = 16 * Tags.UNITS;

    public StatedRule {
        TaggerWeights.require(
                leastPromise >= 0 && leastPromise <= Tags.UNITS && unseenUnits >= 0 && unseenUnits <= MOST_UNSEEN,
                "its rule for stated tags is out of range: " + leastPromise + ", " + unseenUnits);
    }

    /**
     * How many of the first tags are stated.
     *
     * @param units confidences of all tags of a query, highest first
     */
    public int count(short[] units) {
        return count(units, units.length);
    }

    /** @param size how many of the first entries are tags */
    int count(short[] units, int size) {
        long expected = unseenUnits;
        for (int i = 0; i < size; i++) {
            expected += units[i];
        }
        long sum = 0;
        long carried = expected;
        int count = 0;
        while (count < size && units[count] * carried > sum * Tags.UNITS) {
            sum += units[count++];
            carried += Tags.UNITS;
        }
        return 2 * sum * Tags.UNITS >= leastPromise * carried ? count : 0;
    }
}
