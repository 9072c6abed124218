package dev.tagrouter.lab.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tag;
import dev.tagrouter.core.tagging.Tagger;
import dev.tagrouter.core.tagging.Tags;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tagger that was trained on all sources, with an application's system prompt before what people asked (ADR 12). */
class SystemPromptsTest {
    /** To every tagger tried; others ("id 77") sound like something to one and like nothing to another. */
    private static final String SAYS_NOTHING = "ref 8812-A please";

    private final Tagger tagger = Profile.read(Path.of("../profiles/src/main/resources/tagrouter/profiles/alpaca"))
            .tagger();

    SystemPromptsTest() throws IOException {}

    @ParameterizedTest
    @ValueSource(strings = {"support", "coding", "json", "translation", "policy"})
    void hardlyAnyQueryOfTheTestSplitChanges(String application) throws IOException {
        Path file = Path.of("..", "..", "shared", "data", "tags", "teacher_tags.jsonl");
        assumeTrue(Files.exists(file), "the shared teacher tags are not at hand: ../shared/data/tags");
        List<TaggedQuery> queries = TaggedQueries.read(file, Set.of()).stream()
                .filter(query -> query.test() && query.language().equals("en"))
                .toList();
        String system = system(application);
        double lost = 0;
        int changed = 0;
        for (TaggedQuery query : queries) {
            Set<String> teacher = new HashSet<>(query.tags());
            Set<String> without = stated(query.query());
            Set<String> with = stated(new Query(system, query.query().turns(), 1));
            lost += F1.of(without, teacher) - F1.of(with, teacher);
            changed += with.equals(without) ? 0 : 1;
        }
        assertThat(changed / (double) queries.size()).isLessThan(0.06);
        assertThat(lost / queries.size()).isLessThan(0.01);
    }

    @ParameterizedTest
    @CsvSource({"translation,translation", "json,json output", "coding,code generation", "support,customer service"})
    void aQueryThatSaysNothingGetsTheSubjectOfTheApplication(String application, String tag) throws IOException {
        assertThat(stated(new Query(system(application), List.of(SAYS_NOTHING), 1)))
                .contains(tag);
        assertThat(stated(Query.of(SAYS_NOTHING))).doesNotContain(tag);
    }

    private Set<String> stated(Query query) {
        Tags tags = tagger.tag(query);
        return tags.stated().stream().map(Tag::name).collect(Collectors.toSet());
    }

    private static String system(String application) throws IOException {
        try (InputStream in = SystemPromptsTest.class.getResourceAsStream("system/" + application + ".txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }
}
