package dev.tagrouter.core.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A zip comes from anywhere: whatever is in it, it is read as the profile it is, or refused. */
class ProfileZipTest {
    private static final long SEED = 20261124;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private SealedFiles tiny;

    @SuppressWarnings("NullAway.Init")
    private Path zip;

    @BeforeEach
    void write() throws IOException {
        tiny = SealedFiles.tiny(folder);
        zip = folder.resolve("tiny.zip");
        SealedFiles.zip(zip, ProfileFormat.FILES, tiny.bytes);
    }

    @Test
    void aFlippedByteIsRefusedOrChangesNothing() throws IOException {
        byte[] good = Files.readAllBytes(zip);
        Random random = new Random(SEED);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length);
            bad[at] ^= (byte) (1 + random.nextInt(255));
            Files.write(zip, bad);
            refused += refusedOrTheSame("byte " + at) ? 1 : 0;
        }
        // The rest hit what no reader needs: times, and the directory at the end.
        assertThat(refused).isGreaterThan(1000);
    }

    private boolean refusedOrTheSame(String what) throws IOException {
        try {
            Profile read = Profile.read(zip);
            assertThat(read.manifest()).as(what).isEqualTo(TinyProfile.create().manifest());
            assertThat(read.id()).as(what).isEqualTo(TinyProfile.create().id());
            return false;
        } catch (ProfileException e) {
            assertThat(e.getMessage()).as(what).contains(zip.toString()).doesNotContain("\n");
            return true;
        }
    }

    @Test
    void aTruncatedZipIsRefusedUpToItsLastEntry() throws IOException {
        byte[] good = Files.readAllBytes(zip);
        for (int length = 0; length < good.length; length += 5) {
            Files.write(zip, Arrays.copyOf(good, length));
            boolean refused = refusedOrTheSame("cut to " + length);
            if (length < good.length / 2) {
                assertThat(refused).as("cut to " + length).isTrue();
            }
        }
    }

    @Test
    void entriesThatLeadOutOfTheFolderAreRefusedAndWriteNothing() throws IOException {
        for (String name : List.of(
                "../../evil",
                "/etc/evil",
                "..\\evil",
                "sub/manifest.properties",
                "./manifest.properties",
                "MANIFEST.PROPERTIES",
                "evil\nfake: loaded\u001b[2J",
                "x".repeat(60_000))) {
            List<String> names = new ArrayList<>(ProfileFormat.FILES);
            names.add(name);
            SealedFiles.zip(zip, names, tiny.bytes);
            assertRefused("does not belong into a profile");
        }
        try (Stream<Path> content = Files.list(folder)) {
            assertThat(content).hasSize(2);
        }
    }

    @Test
    void anEntryThatStandsTwiceIsRefused() throws IOException {
        byte[] one = stored("curves.tsv", "first");
        byte[] two = stored("curves.tsv", "second");
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        Files.write(zip, both);
        assertRefused("stands there twice");
    }

    /** One entry as it stands at the start of a zip, without the directory that follows: writers refuse doubles. */
    private byte[] stored(String name, String content) throws IOException {
        Path single = folder.resolve("single.zip");
        try (OutputStream out = Files.newOutputStream(single);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            entries.putNextEntry(new ZipEntry(name));
            entries.write(content.getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(single);
        for (int at = 0; at + 4 <= whole.length; at++) {
            if (whole[at] == 'P' && whole[at + 1] == 'K' && whole[at + 2] == 1 && whole[at + 3] == 2) {
                return Arrays.copyOf(whole, at);
            }
        }
        throw new AssertionError("no directory");
    }

    @Test
    void aBombIsDefused() throws IOException {
        byte[] zeros = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (String name : List.of("vocabulary.tsv", "tagger.bin")) {
                entries.putNextEntry(new ZipEntry(name));
                for (int i = 0; i < 130; i++) {
                    entries.write(zeros);
                }
            }
        }
        assertThat(Files.size(zip)).isLessThan(1 << 20);
        assertRefused("tagger.bin is larger");
    }

    @Test
    void whatIsNoZipOrHasAFileMissingIsNamed() throws IOException {
        Files.writeString(zip, "hello");
        assertRefused("is no zip of a profile");
        for (String missing : ProfileFormat.FILES) {
            List<String> names = new ArrayList<>(ProfileFormat.FILES);
            names.remove(missing);
            SealedFiles.zip(zip, names, tiny.bytes);
            assertRefused(missing + " is missing");
        }
    }

    /** A folder may hold other people's notes; only a zip, which is moved as a whole, may not. */
    @Test
    void filesBesideTheProfileInItsFolderAreNotRead() throws IOException {
        Path profile = folder.resolve("sealed");
        Files.writeString(profile.resolve("NOTES.md"), "mine");
        assertThat(Profile.read(profile).id()).isEqualTo(TinyProfile.create().id());
        Files.delete(profile.resolve("curves.tsv"));
        Files.createDirectory(profile.resolve("curves.tsv"));
        assertThatThrownBy(() -> Profile.read(profile)).hasMessageContaining("curves.tsv is missing");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(() -> Profile.read(zip))
                .isInstanceOf(ProfileException.class)
                .hasMessageContaining("profile " + zip)
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n", "\u001b")
                .hasSizeLessThan(600);
    }
}
