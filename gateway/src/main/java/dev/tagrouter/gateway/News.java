package dev.tagrouter.gateway;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.gateway.config.AdminConfig;
import dev.tagrouter.gateway.config.GatewayConfig;
import dev.tagrouter.gateway.config.ServerConfig;
import dev.tagrouter.gateway.flow.Served;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an edition has that the one before had not, in one line. */
final class News {
    private News() {}

    static String of(Edition before, Edition now) {
        List<String> news = new ArrayList<>();
        Profile profile = now.catalog().profile();
        boolean same = profile.id().equals(before.catalog().profile().id());
        news.add("profile " + profile.manifest().name() + " (" + profile.id() + ")" + (same ? " as before" : ", new"));
        Set<String> old = names(before);
        Set<String> current = names(now);
        add(news, "models added: ", current, old);
        add(news, "models removed: ", old, current);
        String changed = changed(before.config(), now.config());
        if (!changed.isEmpty()) {
            news.add("changed: " + changed);
        } else if (news.size() == 1) {
            news.add(current.size() + " models as before");
        }
        return "edition " + now.number() + ": " + String.join("; ", news);
    }

    /** The keys of the file whose values are others than before: which, but not what, for some are secrets. */
    private static String changed(GatewayConfig before, GatewayConfig now) {
        List<String> changed = new ArrayList<>();
        AdminConfig admin = now.server().admin();
        ServerConfig old = admin == null ? before.server() : before.server().withAdmin(admin);
        addIfOther(changed, "server", old, now.server());
        addIfOther(changed, "admin", before.server().admin(), admin);
        addIfOther(changed, "upstreams", before.upstreams(), now.upstreams());
        addIfOther(changed, "models", before.models(), now.models());
        addIfOther(changed, "routing", before.routing(), now.routing());
        addIfOther(changed, "failure", before.failure(), now.failure());
        addIfOther(changed, "tagger", before.tagger(), now.tagger());
        return String.join(", ", changed);
    }

    private static void addIfOther(List<String> changed, String key, @Nullable Object before, @Nullable Object now) {
        if (!Objects.equals(before, now)) {
            changed.add(key);
        }
    }

    private static Set<String> names(Edition edition) {
        return edition.catalog().models().stream()
                .map(Served::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void add(List<String> news, String what, Set<String> those, Set<String> without) {
        String names = those.stream().filter(name -> !without.contains(name)).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            news.add(what + names);
        }
    }
}
