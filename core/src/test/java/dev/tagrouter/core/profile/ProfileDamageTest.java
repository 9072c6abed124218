package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged profile is refused in one line that names the file; it never loads as something else. */
class ProfileDamageTest {
    private static final long SEED = 20261124;
    /** What a tagger's sum is of, behind it. */
    private static final int SUMMED_FROM = 12;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private SealedFiles tiny;

    @BeforeEach
    void write() throws IOException {
        tiny = SealedFiles.tiny(folder);
    }

    @Test
    void everyByteOfASmallProfileCounts() {
        for (String name : ProfileFormat.FILES) {
            for (int at = 0; at < tiny.file(name).length; at += 3) {
                refusedFlip(tiny, name, at, 0x01);
            }
        }
        flipped(tiny, 2000);
    }

    @Test
    void everyByteOfARealProfileCounts() throws IOException {
        Path real = Path.of("../profiles/src/main/resources/tagrouter/profiles/default");
        flipped(SealedFiles.of(real), 200);
    }

    private static void flipped(SealedFiles files, int times) {
        Random random = new Random(SEED);
        for (int i = 0; i < times; i++) {
            String name = ProfileFormat.FILES.get(i % ProfileFormat.FILES.size());
            refusedFlip(files, name, random.nextInt(files.file(name).length), 1 + random.nextInt(255));
        }
    }

    private static void refusedFlip(SealedFiles files, String name, int at, int bits) {
        byte[] bad = files.file(name).clone();
        bad[at] ^= (byte) bits;
        refused(files.with(name, bad), name + " byte " + at + " xor " + bits, name);
    }

    private static void refused(SealedFiles files, String what, String... named) {
        assertThatThrownBy(files::decode)
                .as(what)
                .isInstanceOf(ProfileException.class)
                .hasMessageStartingWith(SealedFiles.PLACE + ": ")
                .hasMessageContainingAll(named)
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(600);
    }

    @Test
    void everyTruncationAndEveryAppendixIsRefused() {
        for (String name : ProfileFormat.FILES) {
            byte[] whole = tiny.file(name);
            for (int length = 0; length < whole.length; length += 5) {
                refused(tiny.with(name, Arrays.copyOf(whole, length)), name + " cut to " + length, name);
            }
            refused(tiny.with(name, Arrays.copyOf(whole, whole.length + 1)), name + " lengthened", name);
        }
    }

    @Test
    void aProfileFromTheFutureSaysSo() {
        String manifest = tiny.text(ProfileFormat.MANIFEST)
                .replace("format.version=" + ProfileFormat.VERSION, "format.version=99");
        refused(tiny.with(ProfileFormat.MANIFEST, manifest), "version", "format version 99", "update TagRouter");
        byte[] tagger = tiny.file(ProfileFormat.TAGGER).clone();
        tagger[4] = 99;
        refused(tiny.with(ProfileFormat.TAGGER, tagger).sealed(), "tagger", "tagger.bin", "format version is 99");
    }

    @Test
    void whateverTheChecksumsLetThroughIsRefusedOrRoutes() throws IOException {
        Random random = new Random(SEED);
        int loaded = 0;
        for (int i = 0; i < 1500; i++) {
            String name = ProfileFormat.FILES.get(i % ProfileFormat.FILES.size());
            byte[] bad = tiny.file(name).clone();
            int at = random.nextInt(bad.length);
            bad[at] = (byte) random.nextInt(256);
            SealedFiles changed = tiny.with(name, bad).sealed();
            try {
                Profile profile = changed.decode();
                assertThat(Router.of(profile)
                                .route(Query.of("write sql, a poem"))
                                .decision())
                        .isNotNull();
                loaded++;
            } catch (ProfileException e) {
                assertThat(e.getMessage()).startsWith("profile here: ").doesNotContain("\n");
            }
        }
        assertThat(loaded).isBetween(1, 1499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e999", "-1e999"})
    void everyColumnIsCheckedForNumbersThatAreNone(String value) {
        column("vocabulary.tsv", "frequency", value);
        for (String column : List.of(
                "input_usd_per_million_tokens",
                "output_usd_per_million_tokens",
                "judged",
                "mean_quality",
                "baseline",
                "residual_variance",
                "mean_tokens",
                "baseline_tokens",
                "bend_centre",
                "bend_reach",
                "bend_constant",
                "bend_slope",
                "bend_curvature")) {
            column("models.tsv", column, value);
        }
        for (String column : List.of("win", "tie", "loss", "mass", "score", "tokens")) {
            column("capabilities.tsv", column, value);
        }
        column("curves.tsv", "theta", value);
        if (!value.equals("Infinity") && !value.equals("1e999")) {
            column("curves.tsv", "quality_per_usd", value);
        }
        if (!value.equals("NaN")) {
            column("curves.tsv", "quality", value);
            column("curves.tsv", "cost_usd", value);
        }
        for (String key : List.of(
                "format.version",
                "scorer.tie",
                "theta",
                "set.1.queries",
                "set.1.mean.input.tokens",
                "set.1.tie.margin",
                "set.1.penalty",
                "set.1.coverage.minimum")) {
            String manifest = tiny.text(ProfileFormat.MANIFEST);
            String changed = manifest.replaceFirst("(?m)^" + key + "=.*$", key + "=" + value);
            assertThat(changed).isNotEqualTo(manifest);
            refused(tiny.with(ProfileFormat.MANIFEST, changed).sealed(), key, ProfileFormat.MANIFEST);
        }
    }

    /** Puts the value into the first line below the header. */
    private void column(String file, String column, String value) {
        String[] lines = tiny.text(file).split("\n", -1);
        int index = List.of(lines[0].split("\t", -1)).indexOf(column);
        String[] fields = lines[1].split("\t", -1);
        fields[index] = value;
        lines[1] = String.join("\t", fields);
        refused(
                tiny.with(file, String.join("\n", lines)).sealed(),
                file + " " + column + " " + value,
                file + ", line ",
                Double.toString(Double.parseDouble(value)).equals(value) ? value : "");
    }

    @Test
    void aWeightThatIsInfiniteAnywhereButAtTheCheapestEndIsRefused() {
        String curves = tiny.text("curves.tsv").replace("together\t-0.5\t1000", "together\t-0.5\tInfinity");
        refused(tiny.with("curves.tsv", curves).sealed(), "curve", "curves.tsv", "theta -0.5", "infinite");
    }

    @Test
    void everyByteOfTheTaggerIsUnderItsOwnSum() {
        byte[] good = tiny.file(ProfileFormat.TAGGER);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x40;
            refused(tiny.with(ProfileFormat.TAGGER, bad).sealed(), "byte " + at, "tagger.bin");
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whateverASumVouchesForIsRefusedOrRoutesOrSaysWhatIsWrong() throws IOException {
        Random random = new Random(SEED);
        int routed = 0;
        int refused = 0;
        int said = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] bad = tiny.file(ProfileFormat.TAGGER).clone();
            bad[SUMMED_FROM + random.nextInt(bad.length - SUMMED_FROM)] = (byte) random.nextInt(256);
            try {
                Router.of(tiny.with(ProfileFormat.TAGGER, summed(bad)).sealed().decode())
                        .route(Query.of("write sql, a poem"));
                routed++;
            } catch (ProfileException e) {
                assertThat(e.getMessage()).startsWith("profile here: tagger.bin is damaged: ");
                refused++;
            } catch (IllegalStateException e) {
                assertThat(e)
                        .hasMessageContaining("point beyond themselves")
                        .hasMessageContaining("train the tagger again");
                said++;
            }
        }
        assertThat(List.of(routed, refused, said)).allMatch(times -> times > 20);
    }

    @Test
    void aTableOfFeaturesWithoutAnEmptySlotIsRefused() {
        byte[] bad = tiny.file(ProfileFormat.TAGGER).clone();
        int slots = SUMMED_FROM + 4 * 15 + 4 + 4 * 3;
        Arrays.fill(bad, slots, slots + 8 * 32, (byte) 1);
        refused(
                tiny.with(ProfileFormat.TAGGER, summed(bad)).sealed(),
                "slots",
                "tagger.bin is damaged: it contradicts itself: the tagger's weights do not fit: its table of features is full;"
                        + " restore it");
    }

    /** With the tagger's own sum made right. */
    private static byte[] summed(byte[] tagger) {
        CRC32 sum = new CRC32();
        sum.update(tagger, SUMMED_FROM, tagger.length - SUMMED_FROM);
        ByteBuffer.wrap(tagger).order(ByteOrder.LITTLE_ENDIAN).putInt(SUMMED_FROM - 4, (int) sum.getValue());
        return tagger;
    }

    @Test
    void evidenceThatNoOtherFileKnowsOfIsNotDroppedInSilence() {
        String rows = tiny.text("capabilities.tsv");
        refused(
                tiny.with("capabilities.tsv", rows.replaceFirst("\tsmall\t", "\tsmal\t"))
                        .sealed(),
                "row",
                "capabilities.tsv, line 2: model 'smal' of set 'together' is not in models.tsv");
        refused(
                tiny.with(
                                "models.tsv",
                                tiny.text("models.tsv") + "other\tm\t\t\t1\t0.5\t0.5\t0.1\t10\t10\t0\t0\t0\t0\t0\n")
                        .sealed(),
                "model",
                "models.tsv, line",
                "set 'other' is not in manifest.properties");
        refused(
                tiny.with("curves.tsv", tiny.text("curves.tsv").replace("alone\t", "alon\t"))
                        .sealed(),
                "curve",
                "curves.tsv, line",
                "set 'alon' is not in manifest.properties");
        refused(
                tiny.with("models.tsv", tiny.text("models.tsv").replace("small\t0.1\t0.1", "small\t\t0.1"))
                        .sealed(),
                "half a price",
                "models.tsv, line 2, column input_usd_per_million_tokens: '' is not a number");
    }

    @Test
    void damageIsNotRepairedByReadingTwice() throws IOException {
        assertThat(tiny.decode().id()).isEqualTo(TinyProfile.create().id());
        assertThat(tiny.sealed().decode().id()).isEqualTo(TinyProfile.create().id());
    }
}
