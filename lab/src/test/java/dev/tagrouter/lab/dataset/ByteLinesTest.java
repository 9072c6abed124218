package dev.tagrouter.lab.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ByteLinesTest {
    @Test
    void linesComeAsTheyAreWithNumberAndOffset() throws IOException {
        for (int length : List.of(0, 1, 65_535, 65_536, 65_537, 200_000)) {
            String long1 = "x".repeat(length);
            String text = long1 + "\n\nb\r\n" + long1 + "\nend";
            ByteLines lines = lines(text.getBytes(StandardCharsets.UTF_8));
            assertThat(all(lines)).containsExactly(long1, "", "b", long1, "end");
            assertThat(lines.offset()).isEqualTo(text.length());
            assertThat(lines.number()).isEqualTo(5);
            assertThat(lines.terminated()).isFalse();
        }
        ByteLines ended = lines("a\n".getBytes(StandardCharsets.UTF_8));
        assertThat(all(ended)).containsExactly("a");
        assertThat(ended.terminated()).isTrue();
        assertThat(ended.drained()).isTrue();
        assertThat(all(lines(new byte[0]))).isEmpty();
        assertThat(all(lines("\ufeffa\n\ufeffb".getBytes(StandardCharsets.UTF_8))))
                .containsExactly("a", "\ufeffb");
    }

    @Test
    void anotherEncodingIsNamed() {
        assertLooksLike("中文".getBytes(java.nio.charset.Charset.forName("GB18030")), "GB18030");
        assertLooksLike("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), "Latin-1");
        assertLooksLike("\ufeffab".getBytes(StandardCharsets.UTF_16LE), "UTF-16");
    }

    @Test
    void aLineWithoutEndIsRefused() {
        byte[] endless = new byte[ByteLines.MOST_BYTES + 1];
        java.util.Arrays.fill(endless, (byte) 'x');
        assertThatThrownBy(() -> lines(endless).next())
                .hasMessage("line 1 of f is longer than 64 MiB; send a query, not" + " a whole file");
    }

    private static void assertLooksLike(byte[] line, String encoding) {
        assertThatThrownBy(() -> ByteLines.text(line, "line 3 of f"))
                .hasMessageStartingWith("line 3 of f is not UTF-8 text; it looks like " + encoding);
    }

    private static ByteLines lines(byte[] bytes) {
        return new ByteLines(new ByteArrayInputStream(bytes), "f");
    }

    private static List<String> all(ByteLines lines) throws IOException {
        List<String> all = new ArrayList<>();
        for (byte[] line = lines.next(); line != null; line = lines.next()) {
            all.add(new String(line, StandardCharsets.UTF_8));
        }
        return all;
    }
}
