package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.gateway.config.NearestName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void chineseIsTwoCellsWide() {
        StringWriter out = new StringWriter();
        new TextTable()
                .left("tag")
                .right("n")
                .row("古典诗", "1.25")
                .row("sql", "10.00")
                .row("a\nb", "")
                .print(new PrintWriter(out));
        assertThat(out.toString().lines()).containsExactly("tag         n", "古典诗   1.25", "sql     10.00", "a b");
        assertThat(TextTable.width("e\u0301a")).isEqualTo(2);
    }

    @Test
    void moneyHasTwoFiguresThatMatter() {
        assertThat(List.of(0.0, 0.000012345, 0.1, 0.999, 1.0, 1234.567))
                .extracting(Figures::usd)
                .containsExactly("0", "0.000012", "0.10", "1.0", "1.00", "1,234.57");
        assertThat(Figures.usd(Double.NaN)).isEqualTo("-");
    }

    @Test
    void closeNamesAreFoundWhateverTheirCase() {
        List<String> known = List.of("gpt-4", "gpt-4-mini", "claude", "mixtral");
        assertThat(NearestName.like("GPT4", known)).containsExactly("gpt-4");
        assertThat(NearestName.like("mini", known)).containsExactly("gpt-4-mini");
        assertThat(NearestName.like("llama", known)).isEmpty();
    }
}
