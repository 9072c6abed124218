package dev.tagrouter.gateway;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * One connection's worth of bytes, made from a seed: some requests one after the other, right or damaged.
 *
 * @param seed gives these bytes again
 * @param bytes what to send
 * @param requests how many requests were begun
 * @param expected the statuses to expect in order, or null where the bytes were damaged
 * @param aborts whether the client hangs up with a reset instead of reading
 */
record FuzzCase(
        long seed, Buffer bytes, int requests, @Nullable List<Integer> expected, boolean aborts) {
    static final String KEY = "canary-server-key";

    /** Some bodies are longer. */
    static final int MAX_BODY_BYTES = 4096;

    private static final List<String> MODELS =
            List.of("auto", "auto:0.3", "auto:-1", "small", "strong", "my-coder", "newcomer");
    private static final List<String> TEXTS = List.of(
            "write sql", "a poem", "hello", "", " ", "\\ud800", "\\u0000", "\ud83d\ude42", "写诗", "x".repeat(5000));
    private static final List<String> HEADERS = List.of(
            "x-tagrouter-theta: 0.5",
            "x-tagrouter-theta: \u00ff",
            "x-tagrouter-models: small,strong",
            "x-tagrouter-models: %73mall,%",
            "expect: 100-continue",
            "accept-encoding: gzip, br",
            "content-encoding: gzip",
            "te: trailers",
            "upgrade: websocket",
            "connection: upgrade, x-a",
            "x-a: b",
            "cookie: a=b",
            "x-long: " + "y".repeat(3000),
            "x-nothing:",
            "x-latin: \u00e9\u00fc");
    private static final List<String> DAMAGE = List.of(
            "\r\n",
            "\r\n\r\n",
            "\0",
            "{",
            "[[[[[[[[",
            "\"",
            "\ud800",
            "content-length: 3\r\n",
            "0\r\n\r\n",
            "\u00ff\u00fe",
            "transfer-encoding: chunked\r\n",
            ": ",
            "HTTP/1.0",
            "%",
            "\u001b[2J",
            "auto:1e999");

    static FuzzCase of(long seed) {
        Random random = new Random(seed);
        int requests = 1 + random.nextInt(6);
        List<Integer> expected = new ArrayList<>();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < requests; i++) {
            expected.add(request(random, out, i == requests - 1));
        }
        byte[] whole = out.toString().getBytes(StandardCharsets.ISO_8859_1);
        return switch (random.nextInt(5)) {
            case 0, 1 -> new FuzzCase(seed, Buffer.buffer(whole), requests, expected, false);
            case 2, 3 -> new FuzzCase(seed, Buffer.buffer(damaged(random, whole)), requests, null, false);
            default -> {
                Buffer cut = Buffer.buffer(Arrays.copyOf(whole, random.nextInt(whole.length + 1)));
                yield new FuzzCase(seed, cut, requests, null, random.nextInt(3) > 0);
            }
        };
    }

    private static String any(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** Appends a right request, or one whose mistake is known; returns the status that answers it. */
    private static int request(Random random, StringBuilder out, boolean last) {
        String end = (last ? "connection: close\r\n" : "") + "\r\n";
        boolean key = random.nextInt(10) > 0;
        String head = " HTTP/1.1\r\nhost: localhost\r\n" + (key ? "authorization: Bearer " + KEY + "\r\n" : "");
        return switch (random.nextInt(10)) {
            case 0 -> {
                out.append("GET ")
                        .append(any(random, List.of("/v1/models", "/metrics")))
                        .append(head)
                        .append(end);
                yield key ? 200 : 401;
            }
            case 1 -> {
                out.append("GET /health/live").append(head).append(end);
                yield 200;
            }
            case 2 -> {
                out.append("PUT /")
                        .append("n".repeat(random.nextInt(100)))
                        .append("?a=%zz")
                        .append(head)
                        .append(end);
                yield key ? 404 : 401;
            }
            case 3 -> {
                String text = any(random, List.of("{", "[]", "{}", "{\"model\":1}", "nope", "{\"model\":\"auto\"}"));
                post(random, out, "/v1/chat/completions", head, text, end);
                yield key ? 400 : 401;
            }
            case 4 -> {
                String body = body(random);
                post(random, out, "/v1/messages", head, body, end);
                // The upstream speaks chat completions, which know no answer to be gone on with.
                boolean begun = body.startsWith("assistant", body.lastIndexOf("\"role\":\"") + 8);
                yield !key ? 401 : body.length() > MAX_BODY_BYTES ? 413 : begun ? 400 : 200;
            }
            case 5 -> {
                String path = any(random, List.of("/v1/responses", "/v1/embeddings"));
                String body = body(random).replace("\"messages\":", "\"input\":");
                post(random, out, path, head, body, end);
                boolean unrouted = path.equals("/v1/embeddings") && body.contains("\"model\":\"auto");
                yield !key ? 401 : body.length() > MAX_BODY_BYTES ? 413 : unrouted ? 400 : 200;
            }
            default -> {
                String path = any(random, List.of("/v1/chat/completions", "/v1/route"));
                String body = body(random);
                post(random, out, path, head, body, end);
                yield !key ? 401 : body.length() > MAX_BODY_BYTES ? 413 : 200;
            }
        };
    }

    private static String body(Random random) {
        String tagrouter = random.nextInt(4) == 0 ? "\"tagrouter\":{\"theta\":" + (random.nextInt(3) - 1) + "}," : "";
        String stream = random.nextBoolean() ? "\"stream\":true," : "";
        StringBuilder messages = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            messages.append("{\"role\":\"")
                    .append(any(random, List.of("user", "system", "assistant", "tool")))
                    .append("\",\"content\":\"")
                    .append(any(random, TEXTS))
                    .append("\"}")
                    .append(i == 0 ? "" : ",");
        }
        String body =
                "{" + stream + tagrouter + "\"model\":\"" + any(random, MODELS) + "\",\"messages\":[" + messages + "]}";
        return new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static void post(Random random, StringBuilder out, String path, String head, String body, String end) {
        out.append("POST ").append(path).append(head).append("content-type: application/json\r\n");
        if (random.nextInt(4) == 0) {
            out.append("x-request-id: ").append(random.nextInt()).append("\r\n");
        }
        if (random.nextInt(3) > 0) {
            out.append("content-length: ")
                    .append(body.length())
                    .append("\r\n")
                    .append(end)
                    .append(body);
            return;
        }
        out.append("transfer-encoding: chunked\r\n").append(end);
        for (int at = 0; at < body.length(); ) {
            int size = 1 + random.nextInt(Math.min(body.length() - at, 700));
            out.append(Integer.toHexString(size))
                    .append("\r\n")
                    .append(body, at, at + size)
                    .append("\r\n");
            at += size;
        }
        out.append("0\r\n\r\n");
    }

    private static byte[] damaged(Random random, byte[] bytes) {
        byte[] out = bytes;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(4)) {
                case 0 -> {
                    out = out.clone();
                    out[at] = (byte) random.nextInt(256);
                }
                case 1 -> out = spliced(out, at, Math.min(out.length, at + 1 + random.nextInt(40)), "");
                case 2 -> out = spliced(out, at, at, any(random, DAMAGE));
                default -> {
                    String text = new String(out, StandardCharsets.ISO_8859_1);
                    int line = text.indexOf("\r\n", at);
                    int place = line < 0 ? at : line + 2;
                    out = spliced(out, place, place, any(random, HEADERS) + "\r\n");
                }
            }
            if (out.length == 0) {
                return new byte[] {'x'};
            }
        }
        return out;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, String middle) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return (text.substring(0, from) + middle + text.substring(to)).getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        String text = bytes.toString(StandardCharsets.ISO_8859_1);
        return "seed " + seed + ": "
                + text.replace("\r", "\\r").replace("\n", "\\n").replaceAll("\\p{Cntrl}", "?");
    }
}
