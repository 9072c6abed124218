package dev.tagrouter.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.client.testing.FakeTeacher;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that tags over a change: the same one is kept with what it remembers, another one takes its place. */
class TaggerReloadTest {
    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init")
    private FakeUpstream upstream;

    @SuppressWarnings("NullAway.Init")
    private FakeTeacher teacher;

    @BeforeEach
    void start() throws Exception {
        upstream = new FakeUpstream();
        teacher = new FakeTeacher();
        teacher.answers(asked -> FakeTeacher.says("[\"sql\"]"));
        Live.tiny().write(folder.resolve("profile"));
        Live.other().write(folder.resolve("other"));
    }

    @AfterEach
    void stop() {
        teacher.close();
        upstream.close();
    }

    private String yaml(String model) {
        return Live.yaml(upstream.baseUrl())
                        .replace("upstreams:\n", "upstreams:\n  tags: {base_url: " + teacher.url() + "}\n")
                + "tagger: {upstream: tags, model: " + model + ", deadline: 10s}\n";
    }

    @Test
    void theSameTaggerKeepsWhatItKnows() throws Exception {
        try (Live live = new Live(folder, yaml("one"))) {
            assertTaggedByModel(live);
            int asked = teacher.seen().size();
            assertThat(asked).isPositive();
            live.write(yaml("one").replace("attempts: 1", "attempts: 2"));
            live.gateway.reload("test");
            assertThat(live.lines).last().asString().contains("edition 2");
            assertTaggedByModel(live);
            assertThat(teacher.seen()).hasSize(asked);
            for (String changed : new String[] {yaml("two"), yaml("two").replace(": profile}", ": other}")}) {
                live.write(changed);
                live.gateway.reload("test");
                assertTaggedByModel(live);
                assertThat(teacher.seen()).hasSize(++asked);
            }
        }
    }

    private static void assertTaggedByModel(Live live) throws Exception {
        var answer = live.chat("auto");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(Fixture.header(answer, "x-tagrouter-tagger")).isEqualTo("model");
    }
}
