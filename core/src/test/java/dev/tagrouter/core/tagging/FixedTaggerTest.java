package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.decision.Constraints;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.testing.TaggerContract;
import dev.tagrouter.core.testing.TinyProfile;
import java.util.List;
import org.junit.jupiter.api.Test;

class FixedTaggerTest extends TaggerContract {
    private final Vocabulary vocabulary = TinyProfile.vocabulary();
    private final FixedTagger tagger = new FixedTagger(
            Aligner.exact(vocabulary), List.of("Structured  Query_Language", "sql", "quantum", "quantum"));

    @Override
    protected Tagger tagger() {
        return tagger;
    }

    @Test
    void alignsByNameAndAliasAndKeepsTheRestApart() {
        assertThat(tagger.tag(Query.of("")).all()).containsExactly(new Tag("sql", 1));
        assertThat(tagger.unknown()).containsExactly("quantum");
        assertThat(new FixedTagger(Aligner.exact(vocabulary), List.of("ＳＱＬ", " hello there ", "sq")).unknown())
                .containsExactly("sq");
        assertThat(new FixedTagger(Aligner.exact(vocabulary), List.of())
                        .tag(Query.of("sql"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aRouterTakesGivenTagsOfItsOwnVocabularyOnly() {
        Profile profile = TinyProfile.create();
        Router router = Router.of(profile);
        Query query = Query.of("hello");
        Tags given = new FixedTagger(Aligner.exact(profile.tagger().vocabulary()), List.of("sql")).tag(query);
        assertThat(router.route(query, given, 0, Constraints.NONE, 5).tags()).isSameAs(given);
        assertThat(router.route(query, given, 0, Constraints.NONE, 5).tagNanos())
                .isEqualTo(5);
        assertThatThrownBy(() -> router.route(query, tagger.tag(query), 0, Constraints.NONE, 0))
                .hasMessageContaining("another vocabulary");
    }
}
