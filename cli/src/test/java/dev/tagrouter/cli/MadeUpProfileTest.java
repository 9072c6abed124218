package dev.tagrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tagrouter.benchmarks.comparison.Growth;
import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.tagging.Query;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeUpProfileTest {
    private static final String TEXT = "Explain how a query is planned and why an index helps. ".repeat(15);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void aLargerVocabularyHasAsManyLikelyTags() throws Exception {
        assertThat(tagged(new Growth.Size(3, 100))).isBetween(8, 40);
        assertThat(tagged(new Growth.Size(3, 5000))).isBetween(8, 40);
    }

    private int tagged(Growth.Size size) throws Exception {
        Path profile = folder.resolve("p" + size.tags());
        MadeUpProfile.write(profile, size, TEXT);
        Router router = Router.of(Profile.read(profile));
        assertThat(router.pool().candidates()).hasSize(size.models());
        Routing routing = router.route(Query.of(TEXT));
        assertThat(routing.scores()).isNotNull();
        assertThat(routing.decision().reason().label()).isEqualTo("routed");
        return routing.tags().size();
    }

    @Test
    void refusesSizesThatAreNone() {
        for (String size : new String[] {"10", "x", "0x500", "10x5", "1000x65535", "10x500x2", "-1x500"}) {
            Cli.Result result = Cli.plain(new byte[0], false, "bench", "growth", "--sizes=" + size);
            assertThat(result.exit()).as(size).isEqualTo(2);
            assertThat(result.err()).as(size).contains("'" + size + "'").hasLineCount(1);
        }
    }
}
