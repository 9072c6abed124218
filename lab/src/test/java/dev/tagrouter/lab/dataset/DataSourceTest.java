package dev.tagrouter.lab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.lab.LabException;
import dev.tagrouter.learning.JudgedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourceTest {
    private static final Map<String, Price> PRICES = Map.of("a", new Price(1, 2), "b", new Price(3, 4));

    @TempDir
    Path folder;

    @Test
    void readsACsvOfJudgments() throws IOException {
        Path csv = write("judged.csv", "text,a,b,lang\n\"one, two\",0.5,1,en\n三,,0,zh\n");
        JudgedSet set = open(csv, List.of(), null);
        assertThat(set.description().models()).containsExactly("a", "b");
        assertThat(set.description().reference()).isEqualTo("b");
        assertThat(set.description().name()).isEqualTo("judged");
        List<JudgedSet.Judged> judged = read(set);
        assertThat(judged.get(0).query().turns()).containsExactly("one, two");
        assertThat(judged.get(0).quality()).containsExactly(0.5, 1.0);
        assertThat(judged.get(1).quality()).containsExactly(Double.NaN, 0.0);
        assertThat(judged.get(1).outputTokens()).containsExactly(256.0, 256.0);
    }

    @Test
    void readsAFolderWhoseFilesHaveDifferentOrders() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("quality.csv"), "query,a,b\nq2,0.1,0.2\nq1,0.3,0.4\n");
        Files.writeString(
                data.resolve("queries.jsonl"),
                "{\"id\":\"q1\",\"text\":\"first\"}\n{\"id\":\"q2\",\"text\":\"second\"}\n");
        Files.writeString(data.resolve("output_chars.csv"), "query,a,b\nq1,400,800\n");
        List<JudgedSet.Judged> judged = read(open(data, List.of("b", "a"), "a"));
        assertThat(judged.get(0).query().turns()).containsExactly("second");
        assertThat(judged.get(0).quality()).containsExactly(0.2, 0.1);
        assertThat(judged.get(0).outputTokens()).containsExactly(256.0, 256.0);
        assertThat(judged.get(1).outputTokens()).containsExactly(200.0, 100.0);
    }

    @Test
    void everyMistakeNamesItsPlace() throws IOException {
        assertRefused(() -> open(folder.resolve("no"), List.of(), null), "does not exist");
        assertRefused(() -> open(folder, List.of(), null), "has no quality.csv");
        assertRefused(() -> open(write("1.csv", "query,a\nx,1\n"), List.of(), null), "no column 'text'");
        assertRefused(() -> open(write("2.csv", "text,a\n"), List.of(), null), "no row below the header");
        assertRefused(() -> open(write("3.csv", "text,a\nx,1\n"), List.of("z"), null), "model 'z' is no column");
        assertRefused(() -> open(write("4.csv", "text,a\nx,1\n"), List.of(), "z"), "reference 'z'");
        assertRefused(
                () -> read(open(write("5.csv", "text,a\nx,1\ny,1.5\n"), List.of(), null)), "line 3, column a: '1.5'");
        assertRefused(() -> read(open(write("6.csv", "text,a\nx,good\n"), List.of(), null)), "'good' is not a number");
        assertRefused(() -> read(open(write("7.csv", "text,a\nx,NaN\n"), List.of(), null)), "not a finite number");
    }

    @Test
    void raggedRowsAndOpenQuotesNameTheirLine() throws IOException {
        assertRefused(() -> read(open(write("8.csv", "text,a,b\nx,1\n"), List.of(), null)), "line 2: 2 fields");
        assertRefused(
                () -> read(open(write("9.csv", "text,a,b\nx,1,1\n\"open,1,1\ny,0,0\n"), List.of(), null)),
                "close every quote");
        JudgedSet marked = open(write("10.csv", "\uFEFFtext,a\nx,1\n"), List.of(), null);
        assertThat(marked.description().models()).containsExactly("a");
        assertThat(read(marked)).hasSize(1);
    }

    @Test
    void readsPricesFromCsvAndJson() throws IOException {
        assertThat(Prices.read(write("p.csv", "model,input,output\na,1,2\n"))).containsEntry("a", new Price(1, 2));
        assertThat(Prices.read(write("p.json", "{\"prices\":{\"a\":[1,2]}}"))).containsEntry("a", new Price(1, 2));
        assertRefused(() -> Prices.read(write("q.csv", "model,input,output\na,cheap,2\n")), "line 2, column input");
        assertRefused(() -> Prices.read(write("q.json", "{\"prices\":{\"a\":[1]}}")), "price of 'a'");
        assertRefused(() -> Prices.read(write("r.csv", "model,input,output\na,-1,2\n")), "input price is -1.0");
        assertRefused(() -> Prices.read(folder.resolve("none.csv")), "does not exist");
    }

    @Test
    void theSharedDataAreReadWhole() throws IOException {
        Path data = Path.of("..", "..", "shared", "data", "llmrouter");
        assumeTrue(Files.exists(data), "the shared judgments are not at hand: ../shared/data/llmrouter");
        assertThat(read(new DataSource(data, List.of(), Map.of(), Map.of(), 0, null, Map.of()).open()))
                .hasSize(6_108);
    }

    private JudgedSet open(Path path, List<String> models, @Nullable String reference) throws IOException {
        return new DataSource(path, models, Map.of(), PRICES, 0.05, reference, Map.of()).open();
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static List<JudgedSet.Judged> read(JudgedSet set) throws IOException {
        List<JudgedSet.Judged> all = new ArrayList<>();
        set.read(all::add);
        return all;
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(LabException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
}
