package dev.tagrouter.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.client.testing.FakeTeacher;
import dev.tagrouter.core.tagging.Aligner;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TagPromptTest {
    @Test
    void oneTurnIsGivenAsItIs() {
        assertThat(conversation("", "write sql\n")).isEqualTo("write sql\n");
        assertThat(conversation("", "write sql", "continue")).isEqualTo("write sql");
        assertThat(conversation(" \n", "", "写 sql")).isEqualTo("写 sql");
    }

    @Test
    void aConversationSaysWhoseEachPartIs() {
        assertThat(conversation("You know SQL.\n", "rank customers", "谢谢", "now by region"))
                .isEqualTo("System: You know SQL.\n\nUser: rank customers\n\nUser: now by region");
        assertThat(conversation("You know SQL.", "")).isEqualTo("System: You know SQL.");
    }

    @Test
    void whereNothingIsSaidNothingIsAsked() {
        assertThat(conversation("")).isEmpty();
        assertThat(conversation(" ", "", "\n")).isBlank();
    }

    @Test
    void tagsAreKeptByAllThatIsTagged() throws IOException {
        Patience once = Patience.once(Duration.ofSeconds(5));
        try (FakeTeacher server = new FakeTeacher();
                Teacher teacher = new Teacher(
                        ModelServer.of(server.url(), null, "m"),
                        AnswerForm.JSON,
                        TagPrompt.standard(AnswerForm.JSON),
                        once)) {
            Tagger other = TinyProfile.tagger(TinyProfile.vocabulary());
            LlmTagger tagger = new LlmTagger(teacher, other, Aligner.exact(other.vocabulary()), 10);
            server.answers(asked -> FakeTeacher.says("[\"sql\"]"));
            tagger.tag(new Query("one app", List.of("id 7"), 1));
            tagger.tag(new Query("one app", List.of("id 7", "continue"), 99));
            assertThat(server.seen()).hasSize(1);
            tagger.tag(new Query("another app", List.of("id 7"), 1));
            tagger.tag(new Query("another app", List.of("poem", "id 7"), 1));
            assertThat(server.seen()).hasSize(3);
        }
    }

    private static String conversation(String system, String... turns) {
        return TagPrompt.conversation(new Query(system, List.of(turns), 1));
    }
}
