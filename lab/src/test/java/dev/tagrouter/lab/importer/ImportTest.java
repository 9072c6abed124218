package dev.tagrouter.lab.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tagrouter.lab.LabException;
import dev.tagrouter.lab.dataset.BrokenLines;
import dev.tagrouter.lab.dataset.DataSource;
import dev.tagrouter.lab.dataset.JudgedTable;
import dev.tagrouter.lab.dataset.KeyIndex;
import dev.tagrouter.learning.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form on a few invented rows of it: what arrives in the data folder, and what is refused. */
class ImportTest {
    @TempDir
    private Path folder = Path.of("");

    private Imported run(Format format, Path from, boolean force, Rating rating, BrokenLines.Policy policy)
            throws IOException {
        return new Import(format, from, folder.resolve("out"), force, rating)
                .run(new BrokenLines(policy), Progress.silent());
    }

    private Imported run(Format format, Path from) throws IOException {
        return run(format, from, false, Rating.standard(), BrokenLines.Policy.REFUSE);
    }

    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    private String written(String name) throws IOException {
        return Files.readString(folder.resolve("out").resolve(name)).replace("\r\n", "\n");
    }

    /** What the data folder's own reader makes of it. */
    private JudgedTable table() throws IOException {
        return new DataSource(folder.resolve("out"), List.of(), Map.of(), Map.of(), 0, null, Map.of()).table();
    }

    @Test
    void aCsvKeepsIdsTasksSplitsAndEmptyCells() throws IOException {
        Path csv =
                write("in/j.csv", "id,text,a,b,task,split\nq1,\"one, two\",0.25,1,math,train\n,三,,0,,test\nq3,x,,,,\n");
        Imported imported = run(Format.CSV, csv);

        assertThat(imported.queries()).isEqualTo(2);
        assertThat(imported.models()).containsExactly("a", "b");
        assertThat(imported.unjudged()).isEqualTo(1);
        assertThat(imported.missing()).isEqualTo(0.25);
        assertThat(written("quality.csv")).isEqualTo("query,a,b\nq1,0.25,1\nout:1,,0\n");
        assertThat(written("queries.jsonl")).isEqualTo("""
                {"id":"q1","task":"math","split":"train","text":"one, two"}
                {"id":"out:1","split":"test","text":"三"}
                """);
        assertThat(folder.resolve("out/output_chars.csv")).doesNotExist();
        assertThat(table().rows().get(1).judged().quality()).containsExactly(Double.NaN, 0.0);
    }

    @Test
    void aRowsNumberIsNoOtherRowsId() throws IOException {
        Path before = write("in/j.csv", "id,text,a,b\nout:1,a,1,0\n,b,1,0\n,c,1,0\n");
        run(Format.CSV, before);

        assertThat(written("quality.csv")).isEqualTo("query,a,b\nout:1,1,0\nout:2,1,0\nout:3,1,0\n");

        Path after = write("in/k.csv", "id,text,a,b\n,a,1,0\nout:0,b,1,0\n,c,1,0\n");
        assertThatThrownBy(() -> run(Format.CSV, after, true, Rating.standard(), BrokenLines.Policy.REFUSE))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("line 3: query 'out:0' stands twice")
                .hasMessageContaining("give every row its own id, or none");
        run(Format.CSV, after, true, Rating.standard(), BrokenLines.Policy.SKIP);
        assertThat(written("quality.csv")).isEqualTo("query,a,b\nout:0,1,0\nout:1,1,0\n");
    }

    @Test
    void alpacaEvalGivesThePreferenceForTheModelAndHalfForTheReference() throws IOException {
        for (String model : List.of("one", "two", "ref")) {
            write("results/" + model + "/weighted_alpaca_eval_gpt4_turbo/annotations.json", """
                    [{"instruction": "hello", "dataset": "d", "generator_1": "ref", "output_1": "12345678",
                      "generator_2": "%s", "output_2": "1234", "preference": 1.75, "raw_completion": {"x": [1]}},
                     {"instruction": "later", "dataset": "d", "generator_1": "ref", "output_1": "12",
                      "generator_2": "%s", "output_2": "1", "preference": null}]
                    """.formatted(
                            model, model));
        }
        write("results/no-annotations/model_outputs.json", "[]");
        Imported imported = run(Format.ALPACA_EVAL, folder.resolve("results"));

        assertThat(imported.models()).containsExactlyInAnyOrder("one", "two", "ref");
        assertThat(imported.queries()).isEqualTo(1);
        assertThat(imported.unjudged()).isEqualTo(3);
        assertThat(imported.repeated()).isZero();
        JudgedTable table = table();
        int ref = table.description().models().indexOf("ref");
        int one = table.description().models().indexOf("one");
        assertThat(table.rows().getFirst().judged().quality().get(one)).isEqualTo(0.75);
        assertThat(table.rows().getFirst().judged().quality().get(ref)).isEqualTo(0.5);
        assertThat(table.rows().getFirst().judged().outputTokens().get(one)).isEqualTo(1);
        assertThat(table.rows().getFirst().judged().outputTokens().get(ref)).isEqualTo(2);
    }

    @Test
    void alpacaEvalAgainstTwoReferencesDoesNotCompare() throws IOException {
        for (String model : List.of("one", "two")) {
            write("results/" + model + "/weighted_alpaca_eval_gpt4_turbo/annotations.json", """
                    [{"instruction": "hello", "generator_1": "ref-%s", "output_1": "1", "output_2": "1", "preference": 2}]
                    """.formatted(model));
        }
        assertThatThrownBy(() -> run(Format.ALPACA_EVAL, folder.resolve("results")))
                .hasMessageContaining("ref-two")
                .hasMessageContaining("one reference only");
    }

    @Test
    void routeLlmTablesBecomeTasks() throws IOException {
        write(
                "evals/gsm8k/gsm8k_responses.csv",
                "prompt,weak,strong,weak_response,strong_response\nsum?,False,True,\"no\",\"yes!\"\n");
        write("evals/mmlu/responses/mmlu_art.csv", "prompt,weak,strong\n\"which?\nA. x\",True,True\nwhich?,False,1\n");
        write("evals/other.csv", "name,value\nx,1\n");
        Imported imported = run(Format.ROUTELLM, folder.resolve("evals"));

        assertThat(imported.models()).containsExactly("weak", "strong");
        assertThat(written("quality.csv")).isEqualTo("query,weak,strong\nout:0,0,1\nout:1,1,1\nout:2,0,1\n");
        assertThat(written("output_chars.csv")).startsWith("query,weak,strong\nout:0,2,4\nout:1,,\n");
        assertThat(table().rows()).extracting(row -> row.task()).containsExactly("gsm8k", "mmlu_art", "mmlu_art");
    }

    @Test
    void arenaBattlesGiveOneHalfAndNothing() throws IOException {
        Path csv = write("battles.csv", """
                id,model_a,model_b,prompt,response_a,response_b,winner_model_a,winner_model_b,winner_tie
                1,x,y,"[""hi"",""more""]","[""a""]","[""b""]",1,0,0
                2,y,z,"[""hi"",""more""]","[""a""]","[""b""]",0,0,1
                """);
        assertThat(run(Format.ROUTELLM, csv).queries()).isEqualTo(1);
        // y lost once and tied once.
        assertThat(written("quality.csv")).isEqualTo("query,x,y,z\nout:0,1,0.25,0.5\n");
        assertThat(table().rows().getFirst().text()).isEqualTo("hi\n\nmore");

        Path wrong =
                write("wrong.csv", "model_a,model_b,prompt,winner_model_a,winner_model_b,winner_tie\nx,y,p,1,1,0\n");
        assertThatThrownBy(() -> run(Format.ROUTELLM, wrong, true, Rating.standard(), BrokenLines.Policy.REFUSE))
                .hasMessageContaining("line 2")
                .hasMessageContaining("exactly one");
    }

    @Test
    void llmRouterRowsBecomeARowForEachQueryOfASplit() throws IOException {
        String row =
                "{\"task_name\":\"t\",\"query\":\"q?\",\"ground_truth\":\"4\",\"model_name\":\"%s\",\"performance\":%s,"
                        + "\"output_tokens\":10}\n";
        write("data/default_routing_train_data.jsonl", row.formatted("a", "1.0") + row.formatted("b", "0.5"));
        write("data/default_routing_test_data.jsonl", row.formatted("b", "0.25"));
        write("data/default_query_train.jsonl", "{\"query\":\"not routing\"}\n");
        run(Format.LLMROUTER, folder.resolve("data"));

        assertThat(written("quality.csv")).isEqualTo("query,b,a\nout:0,0.25,\nout:1,0.5,1\n");
        assertThat(written("queries.jsonl")).contains("\"split\":\"test\"").contains("\"split\":\"train\"");
        assertThat(table().rows().getFirst().judged().outputTokens().getFirst()).isEqualTo(10);
    }

    @Test
    void aLogGroupsAnswersByConversation() throws IOException {
        Path log = write("log.jsonl", """
                {"request":{"model":"a","messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]},"response":{"usage":{"completion_tokens":7}},"rating":5}
                {"request":{"model":"b","messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]},"response":{"choices":[{"message":{"content":"12345678"}}]},"rating":1}
                {"request":{"model":"a","messages":[{"role":"system","content":"other"},{"role":"user","content":[{"type":"text","text":"hi"},{"type":"image_url"}]}]},"response":{},"rating":"3"}
                {"request":{"model":"a","messages":[{"role":"user","content":"unrated"}]},"response":{}}
                {"request":{"model":"a","messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}]},"response":{},"rating":4}
                """);
        Imported imported = run(Format.OPENAI_LOG, log, false, new Rating(null, 1, 5), BrokenLines.Policy.REFUSE);

        assertThat(imported.queries()).isEqualTo(2);
        assertThat(imported.unjudged()).isEqualTo(1);
        assertThat(imported.repeated()).isEqualTo(1);
        assertThat(written("quality.csv")).isEqualTo("query,a,b\nout:0,0.875,0\nout:1,0.5,\n");
        assertThat(written("output_chars.csv")).isEqualTo("query,a,b\nout:0,28,8\nout:1,,\n");
    }

    @Test
    void ratingsAreFoundWhereTheyAre() throws IOException {
        String line = "{\"request\":{\"model\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]},%s}\n";
        Path log = write(
                "log.jsonl",
                line.formatted("1", "\"feedback\":\"up\"")
                        + line.formatted("2", "\"feedback\":false")
                        + line.formatted("3", "\"score\":0.5")
                        + line.formatted("4", "\"quality\":null"));
        assertThat(run(Format.OPENAI_LOG, log).unjudged()).isEqualTo(1);
        assertThat(written("quality.csv")).isEqualTo("query,a\nout:0,1\nout:1,0\nout:2,0.5\n");

        Path deep = write("deep.jsonl", line.formatted("1", "\"feedback\":{\"stars\":2}"));
        run(Format.OPENAI_LOG, deep, true, new Rating("feedback.stars", 0, 4), BrokenLines.Policy.REFUSE);
        assertThat(written("quality.csv")).endsWith("out:0,0.5\n");
        assertThatThrownBy(() -> run(Format.OPENAI_LOG, deep, true, Rating.standard(), BrokenLines.Policy.REFUSE))
                .hasMessageContaining("line 1")
                .hasMessageContaining("--rating-field");
        Path outside = write("outside.jsonl", line.formatted("1", "\"rating\":4"));
        assertThatThrownBy(() -> run(Format.OPENAI_LOG, outside, true, Rating.standard(), BrokenLines.Policy.REFUSE))
                .hasMessageContaining("rating 4")
                .hasMessageContaining("--rating-scale");
    }

    @Test
    void brokenRowsAreRefusedOrLeftOut() throws IOException {
        for (String bad : List.of("x,1.5\n", "x,NaN\n", "x,-0.1\n", "x,good\n", " ,1\n", "x\n", "x,1,1\n")) {
            Path csv = write("in.csv", "text,a\nfine,0.5\n" + bad);
            assertThatThrownBy(() -> run(Format.CSV, csv))
                    .as(bad)
                    .isInstanceOf(LabException.class)
                    .hasMessageContaining("line 3");
            assertThat(folder.resolve("out")).doesNotExist();
            Imported rest = run(Format.CSV, csv, false, Rating.standard(), BrokenLines.Policy.SKIP);
            assertThat(rest.queries()).as(bad).isEqualTo(1);
            assertThat(run(Format.CSV, csv, true, Rating.standard(), BrokenLines.Policy.SKIP)
                            .queries())
                    .isEqualTo(1);
            deleteOut();
        }
        Path twice = write("twice.csv", "id,text,a\nq,x,1\nq,y,0\n");
        assertThatThrownBy(() -> run(Format.CSV, twice))
                .hasMessageContaining("line 3")
                .hasMessageContaining("'q' stands twice");
    }

    private void deleteOut() throws IOException {
        for (String name : List.of("quality.csv", "queries.jsonl")) {
            Files.delete(folder.resolve("out").resolve(name));
        }
        Files.delete(folder.resolve("out"));
    }

    @Test
    void theFolderIsWrittenWholeOrNotAtAll() throws IOException {
        Path good = write("good.csv", "text,a\nfirst,1\n");
        Path bad = write("bad.csv", "text,a\nsecond,1\nthird,7\n");
        run(Format.CSV, good);
        assertThatThrownBy(() -> run(Format.CSV, good)).hasMessageContaining("--force");
        assertThatThrownBy(() -> run(Format.CSV, bad, true, Rating.standard(), BrokenLines.Policy.REFUSE))
                .hasMessageContaining("'7'");
        assertThat(written("queries.jsonl")).contains("first");
        try (Stream<Path> list = Files.list(folder)) {
            assertThat(list.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("good.csv", "bad.csv", "out");
        }
        Files.writeString(folder.resolve("out/notes.txt"), "mine");
        assertThatThrownBy(() -> run(Format.CSV, good, true, Rating.standard(), BrokenLines.Policy.REFUSE))
                .hasMessageContaining("notes.txt");
    }

    @Test
    void nothingToImportIsSaid() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        for (Format format : Format.values()) {
            assertThatThrownBy(() -> run(format, empty)).as(format.toString()).isInstanceOf(LabException.class);
            assertThatThrownBy(() -> run(format, folder.resolve("nowhere")))
                    .as(format.toString())
                    .hasMessageContaining("does not exist");
        }
        Path unjudged = write("unjudged.csv", "text,a\nx,\n");
        assertThatThrownBy(() -> run(Format.CSV, unjudged)).hasMessageContaining("none of the 1 rows");
    }

    @Test
    void manyQueriesGetTheirOwnPositions() {
        KeyIndex index = new KeyIndex();
        for (int i = 0; i < 5_000; i++) {
            assertThat(index.add("query " + i)).isEqualTo(i);
        }
        assertThat(index.find("query 4321")).isEqualTo(4_321);
        assertThat(index.find("query 5000")).isEqualTo(-1);
        assertThat(index.size()).isEqualTo(5_000);
    }
}
