package dev.tagrouter.gateway.config;

import dev.tagrouter.client.AnswerForm;
import dev.tagrouter.client.TagPrompt;
import dev.tagrouter.core.tagging.PlainName;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the part {@code tagger}. */
final class TaggerReader {
    private TaggerReader() {}

    /** @param base the folder that paths are relative to */
    static @Nullable TaggerConfig read(@Nullable YamlValue value, List<UpstreamConfig> upstreams, Path base)
            throws ConfigException {
        if (value == null) {
            return null;
        }
        Map<String, YamlValue> m =
                value.members(List.of("upstream", "model", "deadline", "form", "prompt", "cache_entries", "alignment"));
        YamlValue named = Values.required(value, m, "upstream", "name one of the upstreams");
        String upstream = Values.knownUpstream(named, Values.names(upstreams));
        if (upstreams.stream().anyMatch(u -> u.name().equals(upstream) && !u.speaks(Api.CHAT))) {
            throw named.mistake("upstream '" + upstream + "' does not speak chat, by which tags are asked for;"
                    + " name one that does");
        }
        if (upstreams.stream().anyMatch(u -> u.name().equals(upstream) && u.trusted() != null)) {
            throw named.mistake("upstream '" + upstream + "' has a tls.ca, by which the tagger cannot be reached;"
                    + " name one with a public certificate or plain http");
        }
        String model = Values.required(value, m, "model", "give what the upstream calls it")
                .filledText();
        Duration deadline = Values.duration(YamlValue.present(m, "deadline"), TaggerConfig.DEADLINE);
        AnswerForm form = form(YamlValue.present(m, "form"));
        YamlValue promptFile = YamlValue.present(m, "prompt");
        TagPrompt prompt = promptFile == null ? TagPrompt.standard(form) : prompt(promptFile, base);
        YamlValue cache = YamlValue.present(m, "cache_entries");
        int entries = cache == null
                ? TaggerConfig.CACHE_ENTRIES
                : cache.integer(
                        0, TaggerConfig.MOST_CACHE_ENTRIES, "give how many queries' tags to keep, such as 10000");
        TaggerConfig.Alignment alignment = alignment(YamlValue.present(m, "alignment"));
        return value.checked(() -> new TaggerConfig(upstream, model, deadline, form, prompt, entries, alignment));
    }

    private static TaggerConfig.Alignment alignment(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return TaggerConfig.Alignment.EXACT;
        }
        String name = value.text();
        return switch (name) {
            case "exact" -> TaggerConfig.Alignment.EXACT;
            case "similar" -> TaggerConfig.Alignment.SIMILAR;
            default -> throw value.mistake("'" + PlainName.shown(name) + "' is no alignment; give exact or similar");
        };
    }

    private static AnswerForm form(@Nullable YamlValue value) throws ConfigException {
        if (value == null) {
            return AnswerForm.JSON;
        }
        String name = value.text();
        return switch (name) {
            case "json" -> AnswerForm.JSON;
            case "taggenerator" -> AnswerForm.TAGGENERATOR;
            default -> throw value.mistake("'" + PlainName.shown(name) + "' is no form; give json or taggenerator");
        };
    }

    private static TagPrompt prompt(YamlValue value, Path base) throws ConfigException {
        try {
            Path file = base.resolve(value.filledText());
            value.alsoRead(file);
            return TagPrompt.read(file);
        } catch (IOException | InvalidPathException e) {
            throw value.mistake(String.valueOf(e.getMessage()));
        }
    }
}
