package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code profile diff}, {@code edit}, {@code pack} and {@code unpack} on the tiny profile. */
class ProfileChangesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String tiny;

    @SuppressWarnings("NullAway.Init")
    private String out;

    @BeforeEach
    void write() throws IOException {
        tiny = folder.resolve("tiny").toString();
        out = folder.resolve("out").toString();
        TinyProfile.create().write(Path.of(tiny));
    }

    @Test
    void editsAndShowsWhatChanged() throws IOException {
        Cli.Result edited = run(
                "profile",
                "edit",
                tiny,
                "--set-score",
                "sql",
                "coder",
                "0.5",
                "--set-score",
                "poetry",
                "coder",
                "-0.1",
                "--price",
                "strong=8,9",
                "--theta",
                "0.25",
                "--licence",
                "ours",
                "--out",
                out);
        assertThat(edited.err()).isEmpty();
        assertThat(edited.out())
                .contains("Changed 3 settings, 1 model, 2 rows of evidence")
                .contains("at other prices or with other candidates and is struck out");
        Cli.Result diff = run("profile", "diff", tiny, out);
        assertThat(diff.out())
                .containsPattern("theta +0\\.0 +0\\.25")
                .containsPattern("licence +made up for tests +ours")
                .containsPattern("changed +together +strong +100 +0\\.750 +10, 10 +8, 9")
                .contains("2 rows differ")
                .containsPattern("together +sql +coder +\\+0\\.250 +\\+0\\.500 +\\+0\\.250 +30\\.0 +30\\.0");
        JsonNode json =
                run("profile", "diff", tiny, out, "--json", "--top", "1").json();
        assertThat(json.at("/before/id").asText())
                .isEqualTo(TinyProfile.create().id());
        assertThat(json.at("/models/0/change").asText()).isEqualTo("changed");
        assertThat(json.at("/models/0/after/price/input").asDouble()).isEqualTo(8);
        assertThat(json.path("evidenceRowsChanged").asInt()).isEqualTo(2);
        assertThat(json.path("evidence")).hasSize(1);
        assertThat(json.at("/evidence/0/change").asDouble()).isEqualTo(0.25);
        assertThat(json.at("/settings/0/name").asText()).isEqualTo("licence");
        assertThat(run("profile", "diff", tiny, tiny).out()).contains("they decide the same", "Nothing differs.");
    }

    @Test
    void diffNamesModelsAndTagsThatOnlyOneHas() {
        Cli.Result diff = run("profile", "diff", tiny, "default", "--top", "3");
        assertThat(diff.exit()).isZero();
        assertThat(diff.out())
                .containsPattern("removed +together +coder")
                .containsPattern("added +llmrouter +gemma-2-9b-it")
                .contains("Vocabulary: ")
                .containsPattern("set together penalty +1\\.0 +-");
    }

    @Test
    void defaultModelAndCandidatesChange() throws IOException {
        assertThat(run(
                                "profile",
                                "edit",
                                tiny,
                                "--candidates",
                                "small,coder",
                                "--default-model",
                                "coder",
                                "--name",
                                "less",
                                "--json",
                                "--out",
                                out)
                        .json()
                        .path("settings")
                        .asInt())
                .isEqualTo(4);
        Profile profile = Profile.read(Path.of(out));
        assertThat(profile.manifest().candidates()).containsExactly("small", "coder");
        assertThat(profile.manifest().defaultModel()).isEqualTo("coder");
        assertThat(profile.manifest().name()).isEqualTo("less");
    }

    @Test
    void everyMistakeInAnEditIsOneLineAndWritesNothing() throws IOException {
        refused(
                1,
                "tag 'nothing' is not in the vocabulary",
                "profile",
                "edit",
                tiny,
                "--set-score",
                "nothing",
                "coder",
                "0",
                "--out",
                out);
        refused(
                1,
                "model 'nobody' is not in profile tiny; its models are small, coder",
                "profile",
                "edit",
                tiny,
                "--set-score",
                "sql",
                "nobody",
                "0",
                "--out",
                out);
        refused(
                1,
                "is NaN; give the quality",
                "profile",
                "edit",
                tiny,
                "--set-score",
                "sql",
                "coder",
                "NaN",
                "--out",
                out);
        refused(
                1,
                "is 1.5; give the quality",
                "profile",
                "edit",
                tiny,
                "--set-score",
                "sql",
                "coder",
                "1.5",
                "--out",
                out);
        refused(
                2,
                "'lots' is not a number",
                "profile",
                "edit",
                tiny,
                "--set-score",
                "sql",
                "coder",
                "lots",
                "--out",
                out);
        refused(
                1,
                "is not in set 'alone'",
                "profile",
                "edit",
                tiny,
                "--set",
                "alone",
                "--set-score",
                "sql",
                "coder",
                "0",
                "--out",
                out);
        refused(2, "input price is -1", "profile", "edit", tiny, "--price", "coder=-1,1", "--out", out);
        refused(2, "is not IN,OUT", "profile", "edit", tiny, "--price", "coder=1", "--out", out);
        refused(
                1,
                "model 'nobody' is not in profile",
                "profile",
                "edit",
                tiny,
                "--default-model",
                "nobody",
                "--out",
                out);
        refused(
                1,
                "candidate 'unpriced' has no price",
                "profile",
                "edit",
                tiny,
                "--candidates",
                "unpriced",
                "--out",
                out);
        refused(1, "theta is 2.0", "profile", "edit", tiny, "--theta", "2", "--out", out);
        refused(1, "theta is NaN", "profile", "edit", tiny, "--theta", "NaN", "--out", out);
        refused(2, "--out is missing", "profile", "edit", tiny, "--theta", "0.1");
        refused(2, "is the profile itself", "profile", "edit", tiny, "--theta", "0.1", "--out", tiny);
        refused(1, "no profile 'nowhere'", "profile", "edit", "nowhere", "--theta", "0.1", "--out", out);
        refused(1, "no profile 'nowhere'", "profile", "diff", tiny, "nowhere");
        refused(2, "--top is -1", "profile", "diff", tiny, tiny, "--top", "-1");
        refused(2, "Missing required parameter: 'B'", "profile", "diff", tiny);
        assertThat(Path.of(out)).doesNotExist();
        assertThat(Profile.read(Path.of(tiny)).id())
                .isEqualTo(TinyProfile.create().id());
    }

    @Test
    void sealsWhatAnEditorChanged() throws IOException {
        assertThat(run("profile", "edit", tiny, "--seal").out()).contains("nothing that decides had changed");
        Path models = Path.of(tiny, "models.tsv");
        Files.writeString(models, Files.readString(models).replace("coder\t1\t1", "coder\t2\t3"));
        refused(1, "profile edit --seal", "route", "--profile", tiny, "sql");
        assertThat(run("profile", "edit", tiny, "--seal").out())
                .contains("was " + TinyProfile.create().id() + "): models.tsv changed.");
        assertThat(run("models", "list", "--profile", tiny).out()).containsPattern("coder +100 +0\\.600 +2 +3");
        Files.writeString(models, Files.readString(models).replace("coder\t2\t3", "coder\tNaN\t3"));
        String broken = Files.readString(models);
        refused(1, "models.tsv, line 3: input price is NaN", "profile", "edit", tiny, "--seal");
        assertThat(models).hasContent(broken);
        refused(2, "is built in and cannot be changed", "profile", "edit", "default", "--seal");
        refused(2, "seal first", "profile", "edit", tiny, "--seal", "--theta", "0");
    }

    @Test
    void packsAndUnpacks() throws IOException {
        String zip = folder.resolve("tiny.zip").toString();
        assertThat(run("profile", "pack", tiny, zip).out()).contains("without statistics", "bytes");
        byte[] first = Files.readAllBytes(Path.of(zip));
        assertThat(run("profile", "pack", tiny, zip, "--json")
                        .json()
                        .path("bytes")
                        .asLong())
                .isEqualTo(first.length);
        assertThat(Files.readAllBytes(Path.of(zip))).isEqualTo(first);
        assertThat(run("profile", "unpack", zip, out).exit()).isZero();
        assertThat(run("profile", "diff", zip, out).out()).contains("Nothing differs.");
        assertThat(Path.of(out, "capabilities.tsv")).hasSameBinaryContentAs(Path.of(tiny, "capabilities.tsv"));
        refused(2, "is the profile itself", "profile", "pack", zip, zip);
        refused(1, "is a file; only a folder can be edited", "profile", "edit", zip, "--seal");
        refused(1, "no profile 'nowhere.zip'", "profile", "unpack", "nowhere.zip", out);
        Path foreign = Files.writeString(folder.resolve("mine.zip"), "mine");
        refused(1, "is no profile's zip", "profile", "pack", tiny, foreign.toString());
        refused(1, "is no zip of a profile", "profile", "unpack", foreign.toString(), out);
        assertThat(foreign).hasContent("mine");
        assertThat(run("profile", "pack", "default", folder.resolve("d.zip").toString(), "--json")
                        .json()
                        .path("statistics")
                        .asBoolean())
                .isTrue();
    }

    private static void refused(int exit, String message, String... arguments) {
        Cli.Result result = run(arguments);
        assertThat(result.err()).startsWith("tagrouter: ").contains(message);
        assertThat(result.err().lines()).hasSize(1);
        assertThat(result.exit()).isEqualTo(exit);
        assertThat(result.out()).isEmpty();
    }

    private static Cli.Result run(String... arguments) {
        return Cli.plain(new byte[0], false, arguments);
    }
}
