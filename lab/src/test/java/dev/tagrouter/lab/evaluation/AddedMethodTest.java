package dev.tagrouter.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.lab.baseline.Guide;
import dev.tagrouter.lab.baseline.Method;
import dev.tagrouter.lab.baseline.Methods;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The method that docs/guide/add-a-method.md adds: it stands there as it stands here, and gets a table of its own. */
class AddedMethodTest {
    private static final Path CODE = Path.of("src/test/java/dev/tagrouter/lab/baseline/QueryLength.java");
    private static final Path GUIDE = Path.of("../docs/guide/add-a-method.md");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theGuideShowsWhatRuns() throws IOException {
        String code = Files.readString(CODE);

        assertThat(Files.readString(GUIDE)).contains("```java\n" + code + "```");
        assertThat(code.lines().count()).isLessThan(40);
    }

    @Test
    void isComparedWithOurs() throws IOException {
        MadeUpData.write(folder, 400, 0);
        Pools file = Pools.read(folder.resolve("pools.json"));
        Method added = Guide.method();
        PoolResult result = new Evaluation(
                        new Evaluation.Plan(
                                folder,
                                folder.resolve("tags.jsonl"),
                                file,
                                file.named(List.of("three")),
                                List.of(Methods.named(List.of(Methods.OURS)).getFirst(), added),
                                5,
                                200,
                                1,
                                folder,
                                null),
                        Progress.silent())
                .run()
                .getFirst();

        assertThat(result.score("query-length").point().quality()).isBetween(0.3, 1.0);
        assertThat(result.score(Methods.OURS).point().quality())
                .isGreaterThan(result.score("query-length").point().quality());
    }
}
