package dev.tagrouter.cli;

import dev.tagrouter.core.profile.Manifest.ScorerKind;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them; never for JSON, which has them in full. */
final class Figures {
    private Figures() {}

    /** A score or a part of one: a quality has three decimals, net wins have one. */
    static String score(ScorerKind kind, double value) {
        return fixed(kind == ScorerKind.JOINT ? "%.3f" : "%.1f", value);
    }

    /** The same with its sign. */
    static String signed(ScorerKind kind, double value) {
        String text = fixed(kind == ScorerKind.JOINT ? "%+.3f" : "%+.1f", value);
        return text.matches("[+-]0\\.0+") ? " " + text.substring(1) : text;
    }

    static String confidence(double value) {
        return fixed("%.2f", value);
    }

    static String theta(double value) {
        return fixed("%.2f", value + 0.0);
    }

    /** A theta at which a decision turns: near ones must not look the same. */
    static String flip(double theta) {
        return fixed("%.3f", theta + 0.0);
    }

    static String quality(double value) {
        return Double.isNaN(value) ? "-" : fixed("%.3f", value);
    }

    /** A difference in percent, with its sign. */
    static String change(double share) {
        return Double.isNaN(share) ? "-" : fixed("%+.1f %%", 100 * share).replaceFirst("^[+-]0\\.0 ", "0.0 ");
    }

    static String percent(double share) {
        return fixed("%.0f %%", 100 * share);
    }

    /** USD: cents where it is a dollar or more, else two significant digits. */
    static String usd(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        if (value == 0) {
            return "0";
        }
        if (value >= 1) {
            return fixed("%,.2f", value);
        }
        return BigDecimal.valueOf(value)
                .setScale(20, RoundingMode.HALF_EVEN)
                .round(new MathContext(2, RoundingMode.HALF_EVEN))
                .toPlainString();
    }

    /** A price in USD per million tokens, as it was given. */
    static String price(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** How many times as much, such as {@code 4.1} or {@code 120}. */
    static String times(double ratio) {
        return fixed(ratio < 9.95 ? "%.1f" : "%,.0f", ratio);
    }

    static String seconds(double value) {
        return fixed("%.1f", value);
    }

    static String count(long value) {
        return fixed("%,d", value);
    }

    private static String fixed(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
