package dev.tagrouter.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server that speaks vLLM's API without a model: says who was asked what; calls the first tool it is offered, and
 * repeats the tool's result. Written from vLLM's documentation.
 */
final class VllmStub implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vertx vertx = Vertx.vertx();
    private final List<String> models;
    private final HttpServer server;

    /** @param models the names under which it serves */
    VllmStub(List<String> models) throws Exception {
        this.models = models;
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(this::handle)
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    URI baseUrl() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1");
    }

    private void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            try {
                switch (request.path()) {
                    case "/v1/models" -> models(request.response());
                    case "/v1/chat/completions" -> chat(request.response(), JSON.readTree(body.getBytes()));
                    case "/v1/embeddings" -> embeddings(request.response(), JSON.readTree(body.getBytes()));
                    default -> answer(request.response(), 404, "{\"detail\":\"Not Found\"}");
                }
            } catch (IOException e) {
                error(request.response(), 400, "BadRequestError", "the body is no JSON");
            }
        });
    }

    private static void answer(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }

    private static void error(HttpServerResponse response, int status, String type, String message) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("error")
                .put("message", message)
                .put("type", type)
                .put("param", "model")
                .put("code", status);
        answer(response, status, root.toString());
    }

    private void models(HttpServerResponse response) {
        ObjectNode root = JSON.createObjectNode().put("object", "list");
        ArrayNode data = root.putArray("data");
        for (String model : models) {
            data.addObject()
                    .put("id", model)
                    .put("object", "model")
                    .put("created", 1)
                    .put("owned_by", "vllm")
                    .put("root", model)
                    .put("max_model_len", 4096);
        }
        answer(response, 200, root.toString());
    }

    private void chat(HttpServerResponse response, JsonNode asked) {
        String model = asked.path("model").asText();
        JsonNode last = asked.path("messages").path(asked.path("messages").size() - 1);
        if (!models.contains(model)) {
            error(response, 404, "NotFoundError", "The model `" + model + "` does not exist.");
        } else if (last.path("content").asText().equals("fail")) {
            error(response, 400, "BadRequestError", "This model's maximum context length is 4096 tokens.");
        } else if (last.path("content").asText().equals("break")) {
            begin(response, asked);
            chunk(response, asked, JSON.createObjectNode().put("content", "Half"), "");
            response.reset();
        } else if (last.path("role").asText().equals("tool")) {
            say(response, asked, "The tool said " + last.path("content").asText());
        } else if (!asked.path("tools").isEmpty()) {
            call(
                    response,
                    asked,
                    asked.path("tools").path(0).path("function").path("name").asText());
        } else {
            say(response, asked, model + " heard " + last.path("content").asText());
        }
    }

    private static ObjectNode head(JsonNode asked, String object) {
        return JSON.createObjectNode()
                .put("id", "chatcmpl-stub")
                .put("object", object)
                .put("created", 1)
                .put("model", asked.path("model").asText());
    }

    private static ObjectNode usage() {
        return JSON.createObjectNode()
                .put("prompt_tokens", 12)
                .put("total_tokens", 19)
                .put("completion_tokens", 7)
                .putNull("prompt_tokens_details");
    }

    private static void say(HttpServerResponse response, JsonNode asked, String text) {
        if (asked.path("stream").asBoolean()) {
            begin(response, asked);
            for (String word : text.split("(?<= )", -1)) {
                chunk(response, asked, JSON.createObjectNode().put("content", word), "");
            }
            finish(response, asked, "stop");
        } else {
            whole(
                    response,
                    asked,
                    JSON.createObjectNode().put("role", "assistant").put("content", text),
                    "stop");
        }
    }

    private static void call(HttpServerResponse response, JsonNode asked, String name) {
        if (asked.path("stream").asBoolean()) {
            begin(response, asked);
            call(response, asked, "chatcmpl-tool-1", name);
            for (String piece : List.of("{\"table\": ", "\"orders\"}")) {
                ObjectNode delta = JSON.createObjectNode();
                delta.putArray("tool_calls")
                        .addObject()
                        .put("index", 0)
                        .putObject("function")
                        .put("arguments", piece);
                chunk(response, asked, delta, "");
            }
            finish(response, asked, "tool_calls");
        } else {
            boolean wordsToo = asked.path("messages").toString().contains("Say it first");
            ObjectNode message =
                    JSON.createObjectNode().put("role", "assistant").put("content", wordsToo ? "I look." : null);
            message.putArray("tool_calls")
                    .addObject()
                    .put("id", "chatcmpl-tool-1")
                    .put("type", "function")
                    .putObject("function")
                    .put("name", name)
                    .put("arguments", "{\"table\": \"orders\"}");
            whole(response, asked, message, "tool_calls");
        }
    }

    private static void call(HttpServerResponse response, JsonNode asked, String id, String name) {
        ObjectNode delta = JSON.createObjectNode();
        delta.putArray("tool_calls")
                .addObject()
                .put("index", 0)
                .put("id", id)
                .put("type", "function")
                .putObject("function")
                .put("name", name)
                .put("arguments", "");
        chunk(response, asked, delta, "");
    }

    private static void whole(HttpServerResponse response, JsonNode asked, ObjectNode message, String finishReason) {
        ObjectNode root = head(asked, "chat.completion");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("message", message.putNull("refusal").putNull("reasoning_content"));
        choice.putNull("logprobs").put("finish_reason", finishReason).putNull("stop_reason");
        root.set("usage", usage());
        answer(response, 200, root.toString());
    }

    private static void begin(HttpServerResponse response, JsonNode asked) {
        response.putHeader("content-type", "text/event-stream; charset=utf-8").setChunked(true);
        chunk(response, asked, JSON.createObjectNode().put("role", "assistant").put("content", ""), "");
    }

    private static void chunk(HttpServerResponse response, JsonNode asked, ObjectNode delta, String finishReason) {
        ObjectNode root = head(asked, "chat.completion.chunk");
        ObjectNode choice = root.putArray("choices").addObject().put("index", 0);
        choice.set("delta", delta);
        choice.putNull("logprobs").put("finish_reason", finishReason.isEmpty() ? null : finishReason);
        response.write("data: " + root + "\n\n");
    }

    private static void finish(HttpServerResponse response, JsonNode asked, String reason) {
        chunk(response, asked, JSON.createObjectNode().put("content", ""), reason);
        if (asked.path("stream_options").path("include_usage").asBoolean()) {
            ObjectNode root = head(asked, "chat.completion.chunk");
            root.putArray("choices");
            root.set("usage", usage());
            response.write("data: " + root + "\n\n");
        }
        response.end("data: [DONE]\n\n");
    }

    private void embeddings(HttpServerResponse response, JsonNode asked) {
        ObjectNode root = JSON.createObjectNode()
                .put("object", "list")
                .put("model", asked.path("model").asText());
        ObjectNode item =
                root.putArray("data").addObject().put("object", "embedding").put("index", 0);
        item.putArray("embedding").add(0.25).add(-0.5);
        root.set("usage", usage());
        answer(response, 200, root.toString());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
