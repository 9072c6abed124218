package dev.tagrouter.core.properties;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Bend;
import dev.tagrouter.core.scoring.Capability;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.core.tagging.Vocabulary;
import dev.tagrouter.core.testing.TinyProfile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;

/** Profiles made up at random: one to three sets over the tiny vocabulary, figures of every size that is allowed. */
final class Profiles {
    /** A text for every subset of the tags that the tagger knows. */
    static final List<String> TEXTS = List.of(
            "",
            "nothing known",
            "hello",
            "poem",
            "sql",
            "hello poem",
            "hello sql",
            "poem sql",
            "hello poem sql",
            "SQL sql sql\n\n\nSQL",
            "\ud800 sql");

    private Profiles() {}

    static Arbitrary<Profile> any() {
        return Arbitraries.longs().map(seed -> of(new Random(seed)));
    }

    static Arbitrary<TradeOffCurve> curves() {
        return Arbitraries.longs().map(seed -> curve(new Random(seed)));
    }

    static Arbitrary<String> texts() {
        return Arbitraries.of(TEXTS);
    }

    static Profile of(Random random) {
        Vocabulary vocabulary = TinyProfile.vocabulary();
        List<EvidenceSet> sets = new ArrayList<>();
        Map<String, TradeOffCurve> curves = new LinkedHashMap<>();
        List<Manifest.Source> sources = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int s = 0; s < count; s++) {
            String name = "set" + s;
            sets.add(set(random, name, s * 2));
            curves.put(name, curve(random));
            sources.add(new Manifest.Source(name, random.nextBoolean() ? "" : "origin = 写 \\ # " + s));
        }
        List<String> candidates = new ArrayList<>();
        CapabilityTable table = new CapabilityTable(vocabulary, sets);
        table.models().forEach((model, price) -> {
            if (price.isPresent()) {
                candidates.add(model);
            }
        });
        Manifest manifest = new Manifest(
                "made: up\\ " + random.nextInt(),
                Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L)),
                " two\nlines ",
                Manifest.ScorerKind.JOINT,
                random.nextDouble() * 2 - 1,
                random.nextDouble() * 2 - 1,
                candidates.get(random.nextInt(candidates.size())),
                candidates,
                "made-up",
                sources);
        return Profile.of(manifest, table, curves, TinyProfile.tagger(vocabulary));
    }

    /** Models {@code m<first>} and up, so that neighbouring sets share one or two. */
    private static EvidenceSet set(Random random, String name, int first) {
        int models = 2 + random.nextInt(4);
        List<Capability> capabilities = new ArrayList<>();
        for (int m = 0; m < models; m++) {
            capabilities.add(capability(random, "m" + (first + m), m == 0 || random.nextInt(8) > 0));
        }
        return new EvidenceSet(
                name,
                1 + random.nextInt(10_000),
                figure(random, 1000),
                "m" + first,
                figure(random, 1),
                1e-3 + figure(random, 100),
                random.nextInt(3) == 0 ? 0 : random.nextDouble(),
                capabilities);
    }

    private static Capability capability(Random random, String model, boolean priced) {
        Price price = priced ? new Price(figure(random, 100), figure(random, 100)) : null;
        Capability.Row[] rows = new Capability.Row[TinyProfile.vocabulary().size()];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = random.nextInt(4) == 0
                    ? Capability.Row.NONE
                    : new Capability.Row(
                            random.nextInt(100),
                            random.nextInt(100),
                            random.nextInt(100),
                            figure(random, 1000),
                            signed(random, 1),
                            signed(random, 500));
        }
        return new Capability(
                new Capability.Summary(
                        model,
                        price,
                        random.nextInt(1000),
                        random.nextDouble(),
                        signed(random, 1),
                        figure(random, 0.3),
                        1 + figure(random, 1000),
                        signed(random, 1000),
                        random.nextInt(3) > 0
                                ? Bend.NONE
                                : new Bend(
                                        signed(random, 1),
                                        figure(random, 1),
                                        signed(random, 1),
                                        signed(random, 1),
                                        signed(random, 1))),
                rows);
    }

    /** From 0 to about {@code most}: zero, round and small figures often, so that ties and equal prices happen. */
    private static double figure(Random random, double most) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> most;
            case 2 -> Math.floor(random.nextDouble() * 4) / 4 * most;
            case 3 -> random.nextDouble() * most * 1e-9;
            case 4 -> Double.MIN_VALUE;
            default -> random.nextDouble() * most;
        };
    }

    private static double signed(Random random, double most) {
        double figure = figure(random, most);
        return random.nextBoolean() ? figure : -figure;
    }

    static TradeOffCurve curve(Random random) {
        int inner = 1 + random.nextInt(5);
        List<TradeOffCurve.Point> points = new ArrayList<>();
        points.add(new TradeOffCurve.Point(-1, Double.POSITIVE_INFINITY, Double.NaN, Double.NaN));
        double weight = StrictMath.pow(10, 1 + 5 * random.nextDouble());
        for (int i = 1; i <= inner; i++) {
            double theta = -1 + 2 * (i - 0.8 * random.nextDouble()) / (inner + 1);
            points.add(new TradeOffCurve.Point(theta, weight, random.nextDouble(), random.nextDouble()));
            // Now and then the curve is flat.
            weight *= random.nextInt(5) == 0 ? 1 : StrictMath.pow(10, -2 * random.nextDouble());
        }
        points.add(new TradeOffCurve.Point(1, 0, 0.9, 1));
        return new TradeOffCurve(points);
    }
}
