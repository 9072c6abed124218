package dev.tagrouter.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.EmbeddedTagger;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tags;
import dev.tagrouter.core.testing.AnyText;
import dev.tagrouter.core.testing.TinyProfile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever people paste is routed, in bounded time and memory, twice to the same bits. */
class AnyTextTest {
    private static final Profile TINY = TinyProfile.create();

    @ParameterizedTest
    @EnumSource
    void isRouted(AnyText any) throws IOException {
        Path real = Path.of("../profiles/src/main/resources/tagrouter/profiles/default");
        String text = any.text();
        for (Profile profile : List.of(TINY, Profile.read(real))) {
            Router router = Router.of(profile);
            Query query = new Query(List.of(text, text, text, text, text), 5L * text.length());
            String first = assertTimeout(Duration.ofSeconds(5), () -> bits(router.route(query)));
            assertThat(bits(router.route(query))).isEqualTo(first);
            assertThat(bits(Router.of(profile).route(query))).isEqualTo(first);
            assertThat(router.route(query).tags().size()).isLessThanOrEqualTo(EmbeddedTagger.MAX_TAGS);
            assertThat(allocatedBytes(() -> router.route(query))).isLessThan(1 << 20);
        }
    }

    private static String bits(Routing routing) {
        Tags tags = routing.tags();
        return routing.decision() + tags.all().toString() + tags.statedCount();
    }

    /** Of this thread: what a route costs beside its input. */
    private static long allocatedBytes(Runnable action) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        action.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    @Test
    void aPromptOfAnyLengthHasACost() {
        Query query = new Query(List.of("sql"), Long.MAX_VALUE);
        assertThat(query.inputTokens()).isEqualTo(Long.MAX_VALUE / 4 + 1);
        assertThat(Router.of(TINY).route(query).scores())
                .satisfies(scores -> assertThat(scores == null ? 0 : scores.costUsd(0, query.inputTokens()))
                        .isPositive());
    }
}
