package dev.tagrouter.core.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void turnsWithoutContentTakeNoPlace() {
        assertThat(turns("write sql", "continue")).containsExactly("write sql");
        assertThat(turns("写一首诗", "好的，谢谢", "", "now in French", "继续", " \n")).containsExactly("写一首诗", "now in French");
        assertThat(turns("a poem", "thanks", "写 sql", "ok", "shorter please"))
                .containsExactly("a poem", "写 sql", "shorter please");
    }

    @Test
    void aConversationOfNothingElseIsTaggedWithoutItsBlankTurns() {
        assertThat(turns("thanks")).containsExactly("thanks");
        assertThat(turns("", "谢谢", "ok")).containsExactly("谢谢", "ok");
        assertThat(turns("", " ")).containsExactly(" ");
        assertThat(turns()).isEmpty();
    }

    @Test
    void ofManyTurnsTheNewestAreTagged() {
        List<String> talk = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            talk.add("question " + i);
            talk.add(i % 2 == 0 ? "continue" : "谢谢");
        }
        Query query = new Query(talk, 9);
        assertThat(query.turns()).containsExactly("question 96", "question 97", "question 98", "question 99");
        assertThat(query.weight(3)).isEqualTo(1);
        assertThat(query.weight(2)).isEqualTo(0.9f);
        assertThat(new Query(Collections.nCopies(100, "ok"), 9).turns()).hasSize(Query.TAGGED_TURNS);
    }

    @Property
    void whatHasNoContentChangesNothingWhereverItStands(
            @ForAll @Size(min = 1, max = 6) List<@StringLength(max = 9) String> texts, @ForAll int place) {
        List<String> talk =
                new ArrayList<>(texts.stream().map(text -> "q " + text).toList());
        Query without = new Query(talk, 5);
        talk.add(Math.floorMod(place, talk.size() + 1), "OK, continue!");
        assertThat(new Query(talk, 5)).isEqualTo(without);
    }

    @Property
    void theNewestTurnWeighsMostAndNoneNothing(@ForAll @Size(max = 9) List<@StringLength(max = 3) String> talk) {
        Query query = new Query(talk, 5);
        for (int i = 0; i + 1 < query.turns().size(); i++) {
            assertThat(query.weight(i)).isPositive().isLessThan(query.weight(i + 1));
        }
    }

    @Test
    void ofASystemPromptTheHeadIsKept() {
        String head = "a".repeat(Query.SYSTEM_CHARACTERS);
        assertThat(new Query(head + "b", List.of("x"), 1)).isEqualTo(new Query(head + "c", List.of("x"), 1));
        assertThat(new Query("a", List.of("x"), 1)).isNotEqualTo(new Query("b", List.of("x"), 1));
        assertThatThrownBy(() -> new Query("", List.of(), -1)).hasMessageContaining("promptCharacters is negative: -1");
    }

    private static List<String> turns(String... turns) {
        return new Query(List.of(turns), 7).turns();
    }
}
