package dev.tagrouter.gateway.upstream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.Price;
import dev.tagrouter.gateway.config.Api;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ModelConfig;
import dev.tagrouter.gateway.config.Timeouts;
import dev.tagrouter.gateway.config.UpstreamConfig;
import dev.tagrouter.gateway.config.UpstreamKind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a gateway without configured models finds around it: a local Ollama, or else only its own demonstration. */
public final class Surroundings {
    /** The name of the demonstration upstream. */
    public static final String DEMO = "demo";
    /** The name of a found Ollama. */
    public static final String OLLAMA = "ollama";

    private static final Pattern EMBEDS = Pattern.compile("embed|bert|minilm|\\bbge\\b", Pattern.CASE_INSENSITIVE);
    private static final long PROBE_MILLIS = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Surroundings() {}

    /** Completes a configuration without models. */
    public static Future<GatewayConfig> find(Vertx vertx, GatewayConfig config, Profile profile) {
        return ollamaModels(vertx, config.ollama())
                .compose(models -> models.isEmpty()
                        ? demonstration(vertx, config, profile)
                        : Future.succeededFuture(withOllama(config, profile, models)));
    }

    /** The models of an Ollama at this address; none where nothing, or something else, answers in time. */
    private static Future<List<Found>> ollamaModels(Vertx vertx, URI address) {
        HttpClient client = vertx.createHttpClient();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(address.getHost())
                .setPort(address.getPort())
                .setURI("/api/tags")
                .setConnectTimeout(PROBE_MILLIS);
        return client.request(options)
                .compose(request -> request.send())
                .compose(response -> response.statusCode() == 200
                        ? response.body()
                        : Future.<Buffer>failedFuture("status " + response.statusCode()))
                .timeout(PROBE_MILLIS, TimeUnit.MILLISECONDS)
                .map(body -> models(body.getBytes()))
                .otherwise(List.of())
                .onComplete(done -> client.close());
    }

    /**
     * A model that an Ollama has.
     *
     * @param chats whether it answers; some only make embeddings
     */
    private record Found(String name, boolean chats) {
        static Found of(JsonNode model) {
            String name = model.path("name").asText("");
            String family = model.path("details").path("family").asText("");
            // BERT and its kin read and do not write; all that Ollama offers of them make embeddings.
            return new Found(
                    name,
                    !EMBEDS.matcher(name).find() && !EMBEDS.matcher(family).find());
        }
    }

    private static List<Found> models(byte[] body) {
        try {
            List<Found> models = new ArrayList<>();
            for (JsonNode model : JSON.readTree(body).path("models")) {
                Found found = Found.of(model);
                if (!found.name().isBlank()) {
                    models.add(found);
                }
            }
            return models;
        } catch (IOException e) {
            return List.of();
        }
    }

    private static GatewayConfig withOllama(GatewayConfig config, Profile profile, List<Found> served) {
        Map<String, Optional<Price>> columns = profile.table().models();
        Set<String> taken = new HashSet<>();
        List<ModelConfig> models = new ArrayList<>();
        for (Found one : served) {
            String name = one.name();
            String column = columnOf(name, columns.keySet(), taken);
            Price price = column == null
                            || columns.getOrDefault(column, Optional.empty()).isPresent()
                    ? null
                    : new Price(0, 0);
            models.add(new ModelConfig(name, OLLAMA, name, price, column));
        }
        UpstreamConfig upstream = new UpstreamConfig(OLLAMA, config.ollama().resolve("/v1"), null, Timeouts.DEFAULT);
        GatewayConfig found = config.withFound(List.of(upstream), models);
        return taken.isEmpty() && config.routing().defaultModel() == null
                ? found.withRouting(config.routing().withDefaultModel(firstToChat(served)))
                : found;
    }

    /** The first where none chats: its own refusal says more than a gateway that does not start. */
    private static String firstToChat(List<Found> served) {
        return served.stream()
                .filter(Found::chats)
                .findFirst()
                .orElseGet(served::getFirst)
                .name();
    }

    /** The column that means the same model, where no other model has it already. */
    private static @Nullable String columnOf(String name, Set<String> columns, Set<String> taken) {
        String plain = normalised(name);
        for (String column : columns) {
            if (normalised(column).equals(plain) && taken.add(column)) {
                return column;
            }
        }
        return null;
    }

    /** Lower case, without the maker's folder, {@code :latest}, a quantisation suffix and punctuation. */
    static String normalised(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        lower = lower.substring(lower.lastIndexOf('/') + 1);
        lower = lower.replaceFirst(":latest$", "");
        lower = lower.replaceFirst("[-:_.](i?q\\d[a-z0-9_]*|fp16|f16|bf16|fp8|int[48]|awq|gptq|gguf)$", "");
        return lower.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static Future<GatewayConfig> demonstration(Vertx vertx, GatewayConfig config, Profile profile) {
        return Demonstration.listen(vertx).map(port -> {
            UpstreamConfig upstream = new UpstreamConfig(
                    DEMO,
                    UpstreamKind.OPENAI,
                    Set.of(Api.CHAT),
                    URI.create("http://127.0.0.1:" + port + "/v1"),
                    null,
                    Timeouts.DEFAULT);
            List<ModelConfig> models = profile.manifest().candidates().stream()
                    .map(name -> new ModelConfig(name, DEMO, name, null, name))
                    .toList();
            return config.withFound(List.of(upstream), models);
        });
    }
}
