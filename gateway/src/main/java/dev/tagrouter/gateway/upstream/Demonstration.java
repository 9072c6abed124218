package dev.tagrouter.gateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An upstream for trying out the gateway where there is no model server: speaks OpenAI's chat completions, plain and
 * streaming, and says in every answer that no language model wrote it.
 */
public final class Demonstration {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHUNK = "chat.completion.chunk";

    private Demonstration() {}

    /** Serves on a free loopback port until the Vert.x instance closes; gives the port. */
    static Future<Integer> listen(Vertx vertx) {
        return vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(Demonstration::handle)
                .listen()
                .map(HttpServer::actualPort);
    }

    private static void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            try {
                answer(request.response(), JSON.readTree(body.getBytes()));
            } catch (IOException e) {
                request.response().setStatusCode(400).end("{\"error\":{\"message\":\"not JSON\"}}");
            }
        });
    }

    private static void answer(HttpServerResponse response, JsonNode body) {
        String model = body.path("model").asText("");
        String text = "This is a demonstration without a language model: the router chose " + model
                + " for your request, and a real model would answer here. For real answers start Ollama, or write a"
                + " tagrouter.yaml with your upstreams and models and run tagrouter serve with it.";
        int promptTokens = body.path("messages").toString().length() / 4;
        if (body.path("stream").asBoolean(false)) {
            boolean withUsage =
                    body.path("stream_options").path("include_usage").asBoolean(false);
            stream(response, model, text, withUsage ? promptTokens : -1);
        } else {
            plain(response, model, text, promptTokens);
        }
    }

    private static void plain(HttpServerResponse response, String model, String text, int promptTokens) {
        ObjectNode root = head("chat.completion", model);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", text)
                .putNull("refusal");
        choice.putNull("logprobs").put("finish_reason", "stop");
        usage(root, promptTokens, text);
        response.putHeader("content-type", "application/json").end(Buffer.buffer(root.toString()));
    }

    /** @param promptTokens told at the end, unless negative */
    private static void stream(HttpServerResponse response, String model, String text, int promptTokens) {
        response.putHeader("content-type", "text/event-stream")
                .putHeader("cache-control", "no-cache")
                .setChunked(true);
        write(response, delta(model, "role", "assistant", null));
        for (String word : text.split("(?<= )", -1)) {
            write(response, delta(model, "content", word, null));
        }
        write(response, delta(model, null, "", "stop"));
        if (promptTokens >= 0) {
            ObjectNode last = head(CHUNK, model);
            last.putArray("choices");
            usage(last, promptTokens, text);
            write(response, last);
        }
        response.end("data: [DONE]\n\n");
    }

    private static void write(HttpServerResponse response, ObjectNode chunk) {
        response.write("data: " + chunk + "\n\n");
    }

    private static ObjectNode delta(String model, @Nullable String field, String value, @Nullable String finishReason) {
        ObjectNode root = head(CHUNK, model);
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        ObjectNode delta = choice.putObject("delta");
        if (field != null) {
            delta.put(field, value);
        }
        choice.put("finish_reason", finishReason);
        return root;
    }

    private static ObjectNode head(String object, String model) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-demo")
                .put("object", object)
                .put("created", System.currentTimeMillis() / 1000)
                .put("model", model);
    }

    private static void usage(ObjectNode root, int promptTokens, String text) {
        int completionTokens = text.length() / 4;
        root.putObject("usage")
                .put("prompt_tokens", promptTokens)
                .put("completion_tokens", completionTokens)
                .put("total_tokens", promptTokens + completionTokens);
    }
}
