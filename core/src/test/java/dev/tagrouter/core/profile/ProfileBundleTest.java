package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles with statistics, as folders and zips, and folders that were changed in an editor. */
class ProfileBundleTest {
    private static final byte[] STATISTICS = "sums of judgments".repeat(100).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private Path path;
    private final ProfileBundle bundle = ProfileBundle.of(TinyProfile.create(), STATISTICS);

    @BeforeEach
    void write() throws IOException {
        path = folder.resolve("tiny");
        bundle.writeFolder(path);
    }

    @Test
    void folderAndZipCarryTheStatisticsAndAreTheSameBytes() throws IOException {
        assertThat(ProfileBundle.read(path).statistics()).isEqualTo(STATISTICS);
        Path zip = folder.resolve("tiny.zip");
        ProfileBundle.read(path).writeZip(zip);
        byte[] first = Files.readAllBytes(zip);
        Files.setLastModifiedTime(path.resolve("models.tsv"), FileTime.fromMillis(1));
        ProfileBundle.read(path).writeZip(zip);
        assertThat(Files.readAllBytes(zip)).isEqualTo(first);
        Path unpacked = folder.resolve("unpacked");
        ProfileBundle.read(zip).writeFolder(unpacked);
        for (String name : ProfileFormat.ALL_FILES) {
            assertThat(Files.readAllBytes(unpacked.resolve(name))).isEqualTo(Files.readAllBytes(path.resolve(name)));
        }
        try (Stream<Path> content = Files.list(folder)) {
            assertThat(content).containsExactlyInAnyOrder(path, zip, unpacked);
        }
    }

    @Test
    void statisticsAreNoPartOfTheIdAndRoutingNeverReadsThem() throws IOException {
        assertThat(ProfileBundle.of(TinyProfile.create(), null).profile().id())
                .isEqualTo(bundle.profile().id());
        Files.writeString(path.resolve("stats.bin"), "rubbish");
        assertThat(Profile.read(path).id()).isEqualTo(bundle.profile().id());
        Files.delete(path.resolve("stats.bin"));
        assertThat(ProfileBundle.read(path).statistics()).isNull();
    }

    @Test
    void everyFlippedByteAndTruncationOfTheStatisticsIsNoticed() throws IOException {
        Path file = path.resolve("stats.bin");
        byte[] good = Files.readAllBytes(file);
        for (int at = 0; at < good.length; at++) {
            byte[] bad = good.clone();
            bad[at] ^= 0x11;
            Files.write(file, bad);
            assertThatThrownBy(() -> ProfileBundle.read(path))
                    .isInstanceOf(ProfileException.class)
                    .hasMessageContaining("stats.bin");
            Files.write(file, Arrays.copyOf(good, at));
            assertThatThrownBy(() -> ProfileBundle.read(path))
                    .isInstanceOf(ProfileException.class)
                    .hasMessageContaining("is damaged");
        }
        good[8] = 2;
        Files.write(file, good);
        assertThatThrownBy(() -> ProfileBundle.read(path)).hasMessageContaining("update TagRouter");
    }

    @Test
    void nothingForeignIsReplaced() throws IOException {
        Path foreign = Files.writeString(folder.resolve("letter.zip"), "mine");
        assertThatThrownBy(() -> bundle.writeZip(foreign)).hasMessageContaining("no profile's zip");
        assertThat(foreign).hasContent("mine");
        Path other = zip("other.zip", "mine.txt", "mine".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> bundle.writeZip(other)).hasMessageContaining("no profile's zip");
        assertThatThrownBy(() -> bundle.writeZip(path)).hasMessageContaining("no profile's zip");
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.writeString(work.resolve("stats.bin"), "mine");
        assertThatThrownBy(() -> bundle.writeFolder(work)).hasMessageContaining("holds other things (stats.bin)");
        assertThat(work.resolve("stats.bin")).hasContent("mine");
    }

    @Test
    void zipsThatHideOrDoubleOrEndEarlyAreRefused() throws IOException {
        Path zip = zip("evil.zip", "../../evil", new byte[1]);
        assertThatThrownBy(() -> ProfileBundle.read(zip)).hasMessageContaining("'../../evil' does not belong");
        Path good = folder.resolve("good.zip");
        bundle.writeZip(good);
        Path cut = folder.resolve("cut.zip");
        byte[] bytes = Files.readAllBytes(good);
        for (int length : List.of(bytes.length / 4, bytes.length / 2, 100, 4, 0)) {
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> Profile.read(cut))
                    .isInstanceOf(ProfileException.class)
                    .hasMessageContaining("cut.zip");
        }
    }

    private Path zip(String name, String entry, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(out)) {
            entries.putNextEntry(new ZipEntry(entry));
            entries.write(content);
        }
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    @Test
    void aFolderChangedInAnEditorIsSealedAgain() throws IOException {
        replace(
                "capabilities.tsv",
                "together\tsql\tcoder\t20\t5\t5\t30\t0.25",
                "together\tsql\tcoder\t20\t5\t5\t30\t0.125");
        replace("manifest.properties", "theta=0.0", "theta=0.5");
        assertThatThrownBy(() -> Profile.read(path)).hasMessageContaining("tagrouter profile edit --seal");
        UnsealedProfile unsealed = UnsealedProfile.read(path);
        assertThat(unsealed.changedFiles()).containsExactly("manifest.properties", "capabilities.tsv");
        assertThat(unsealed.recordedId()).isEqualTo(bundle.profile().id());
        unsealed.bundle().writeFolder(path);
        Profile sealed = Profile.read(path);
        assertThat(sealed.id()).isNotEqualTo(bundle.profile().id());
        assertThat(sealed.manifest().theta()).isEqualTo(0.5);
        assertThat(ProfileBundle.read(path).statistics()).isEqualTo(STATISTICS);
        assertThat(UnsealedProfile.read(path).changedFiles()).isEmpty();
    }

    @Test
    void whatNoProfileCanMeanIsNamedAndNothingIsWritten() throws IOException {
        assertUnsealable("capabilities.tsv", "\t0.25\t", "\tNaN\t", "line ", "not finite");
        assertUnsealable("capabilities.tsv", "\t0.25\t", "\tmuch\t", "column score", "'much' is not a number");
        assertUnsealable(
                "capabilities.tsv",
                "sql\tcoder",
                "sql\tcodre",
                "line ",
                "'codre' of set 'together' is not in models.tsv");
        assertUnsealable("capabilities.tsv", "sql\tcoder", "sequel two\tcoder", "not in vocabulary.tsv");
        assertUnsealable(
                "models.tsv",
                "together\tcoder\t1\t1",
                "together\tcoder\t-1\t1",
                "models.tsv, line 3",
                "input price is -1");
        assertUnsealable("models.tsv", "together\tcoder", "elsewhere\tcoder", "set 'elsewhere' is not in manifest");
        assertUnsealable("manifest.properties", "theta=0.0", "theta=7", "theta 7.0 is outside its range");
        assertUnsealable("manifest.properties", "theta=0.0", "theta=0.0\nthetta=1", "key 'thetta' means nothing");
        assertUnsealable("manifest.properties", "candidate.1=small", "candidate.1=nobody", "'nobody' has no column");
    }

    private void assertUnsealable(String name, String from, String to, String... message) throws IOException {
        byte[] good = Files.readAllBytes(path.resolve(name));
        replace(name, from, to);
        byte[] bad = Files.readAllBytes(path.resolve(name));
        assertThatThrownBy(() -> UnsealedProfile.read(path))
                .isInstanceOf(ProfileException.class)
                .hasMessageContainingAll(message);
        assertThat(Files.readAllBytes(path.resolve(name))).isEqualTo(bad);
        Files.write(path.resolve(name), good);
    }

    private void replace(String name, String from, String to) throws IOException {
        String text = Files.readString(path.resolve(name));
        assertThat(text).contains(from);
        Files.writeString(path.resolve(name), text.replace(from, to));
    }
}
