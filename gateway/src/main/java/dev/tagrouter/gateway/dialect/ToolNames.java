package dev.tagrouter.gateway.dialect;

import java.util.HashMap;
import java.util.Map;

/** Names of tools as an upstream takes them, and the way back of those that are too long for it: nothing of the others. */
final class ToolNames {
    /** What OpenAI takes at most; Anthropic takes twice as many. */
    private static final int OPENAI_CHARACTERS = 64;

    private final int most;
    private final Map<String, String> longByShort = new HashMap<>();

    private ToolNames(int most) {
        this.most = most;
    }

    /** @param openAi whether OpenAI itself is asked, since other servers take any length */
    static ToolNames of(boolean openAi) {
        return new ToolNames(openAi ? OPENAI_CHARACTERS : Integer.MAX_VALUE);
    }

    /** The name as the upstream takes it: the same at any time, and another for any other name. */
    String there(String name) {
        if (name.length() <= most) {
            return name;
        }
        String cut = name.substring(0, most - Chat.DIGEST_CHARACTERS - 1) + "_" + Chat.digest(name);
        longByShort.put(cut, name);
        return cut;
    }

    /** The client's name of what the upstream calls so. */
    String here(String name) {
        return longByShort.getOrDefault(name, name);
    }
}
