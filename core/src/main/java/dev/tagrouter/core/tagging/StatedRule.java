package dev.tagrouter.core.tagging;

/**
 * How many of a query's tags are sure enough to be stated: as many as promise the highest F1, and none below a floor.
 *
 * <p>With confidences p1 >= p2 >= ... the first k tags promise {@code F1 = 2 (p1 + ... + pk) / (k + n)}, where n is how
 * many tags the query can be expected to carry: the sum of all confidences, and a constant for tags outside the
 * vocabulary. Stating one more helps as long as its confidence is above half of the F1 promised so far (Lipton, Elkan and
 * Narayanaswamy, ECML 2014), so the cut-off is lower where little is sure.
 *
 * @param leastUnits the floor, in units of 1/{@value Tags#UNITS}
 * @param unseenUnits how many tags outside the vocabulary a query carries, in the same units, from 0 to 16 tags
 */
public record StatedRule(int leastUnits, int unseenUnits) {
    private static final int MOST_UNSEEN = 16 * Tags.UNITS;

    public StatedRule {
        TaggerWeights.require(
                leastUnits >= 1 && leastUnits <= Tags.UNITS && unseenUnits >= 0 && unseenUnits <= MOST_UNSEEN,
                "its rule for stated tags is out of range: " + leastUnits + ", " + unseenUnits);
    }

    /**
     * How many of the first tags are stated.
     *
     * @param units confidences of all tags of a query, highest first
     */
    public int count(short[] units) {
        long expected = unseenUnits;
        for (short unit : units) {
            expected += unit;
        }
        long sum = 0;
        int count = 0;
        while (count < units.length
                && units[count] >= leastUnits
                && units[count] * ((long) count * Tags.UNITS + expected) > sum * Tags.UNITS) {
            sum += units[count++];
        }
        return count;
    }
}
