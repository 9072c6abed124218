package dev.tagrouter.core.decision;

import java.util.List;

/**
 * The monotone map from theta in [-1, 1] to the price term: what a dollar must buy in quality to be spent.
 *
 * <p>Made when a profile is learned, on held-out decisions: theta = 0 is the default, theta = 1 spends whatever the
 * highest expected quality costs (weight 0), theta = -1 always takes the cheapest (weight infinite), and between them
 * expected spending grows about evenly with theta.
 *
 * @param points at least three, theta rising from -1 to 1, weight never rising, only the first infinite, the last 0
 */
public record TradeOffCurve(List<Point> points) {
    /**
     * One point of the curve.
     *
     * @param theta in [-1, 1]
     * @param qualityPerUsd the weight of the price term, 0 or more
     * @param quality mean held-out quality of the decisions at this theta, NaN where it was not measured
     * @param costUsd mean held-out cost of a query at this theta, NaN where it was not measured
     */
    public record Point(double theta, double qualityPerUsd, double quality, double costUsd) {
        public Point {
            if (!(theta >= -1 && theta <= 1) || !(qualityPerUsd >= 0)) {
                throw new IllegalArgumentException("theta " + theta + " is outside [-1, 1], or its weight "
                        + qualityPerUsd + " is negative or no number");
            }
            if (Double.isInfinite(quality) || Double.isInfinite(costUsd)) {
                throw new IllegalArgumentException("quality " + quality + " or cost " + costUsd + " at theta " + theta
                        + " is infinite; give a number, or NaN where it was not measured");
            }
            theta += 0.0;
            qualityPerUsd += 0.0;
            quality += 0.0;
            costUsd += 0.0;
        }
    }

    public TradeOffCurve {
        points = List.copyOf(points);
        if (points.size() < 3) {
            throw new IllegalArgumentException("a trade-off curve needs at least three points, not " + points.size());
        }
        Point first = points.getFirst();
        Point last = points.getLast();
        if (first.theta() != -1
                || last.theta() != 1
                || first.qualityPerUsd() != Double.POSITIVE_INFINITY
                || last.qualityPerUsd() != 0) {
            throw new IllegalArgumentException(
                    "a trade-off curve starts at theta -1 with weight Infinity and ends at theta 1 with weight 0");
        }
        for (int i = 1; i < points.size(); i++) {
            Point a = points.get(i - 1);
            Point b = points.get(i);
            if (!(a.theta() < b.theta()) || a.qualityPerUsd() < b.qualityPerUsd()) {
                throw new IllegalArgumentException("the trade-off curve turns back at theta " + b.theta());
            }
            if (Double.isInfinite(b.qualityPerUsd())) {
                throw new IllegalArgumentException("the trade-off curve's weight at theta " + b.theta()
                        + " is infinite; only that at theta -1 is");
            }
        }
    }

    /** The same price of quality at each theta, when what it was measured to win and cost is no longer true. */
    public TradeOffCurve unmeasured() {
        return new TradeOffCurve(points.stream()
                .map(point -> new Point(point.theta(), point.qualityPerUsd(), Double.NaN, Double.NaN))
                .toList());
    }

    /** The weight at theta: geometric between positive points, so that equal steps of theta are equal ratios. */
    public double qualityPerUsd(double theta) {
        int i = 1;
        while (points.get(i).theta() < theta) {
            i++;
        }
        Point a = points.get(i - 1);
        Point b = points.get(i);
        if (theta == b.theta()) {
            return b.qualityPerUsd();
        }
        if (theta == a.theta()) {
            return a.qualityPerUsd();
        }
        double share = (theta - a.theta()) / (b.theta() - a.theta());
        if (Double.isInfinite(a.qualityPerUsd())) {
            return b.qualityPerUsd() / share;
        }
        if (b.qualityPerUsd() == 0) {
            return a.qualityPerUsd() * (1 - share);
        }
        return a.qualityPerUsd() * StrictMath.pow(b.qualityPerUsd() / a.qualityPerUsd(), share);
    }

    /** The theta whose weight is the given one, the inverse of {@link #qualityPerUsd(double)} up to rounding. */
    public double theta(double qualityPerUsd) {
        int i = 1;
        while (i < points.size() - 1 && points.get(i).qualityPerUsd() > qualityPerUsd) {
            i++;
        }
        Point a = points.get(i - 1);
        Point b = points.get(i);
        double share;
        if (Double.isInfinite(qualityPerUsd) || a.qualityPerUsd() == b.qualityPerUsd()) {
            share = 0;
        } else if (Double.isInfinite(a.qualityPerUsd())) {
            share = b.qualityPerUsd() / qualityPerUsd;
        } else if (b.qualityPerUsd() == 0) {
            share = 1 - qualityPerUsd / a.qualityPerUsd();
        } else {
            share = StrictMath.log(qualityPerUsd / a.qualityPerUsd())
                    / StrictMath.log(b.qualityPerUsd() / a.qualityPerUsd());
        }
        return a.theta() + Math.max(0, Math.min(1, share)) * (b.theta() - a.theta());
    }
}
