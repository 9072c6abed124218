package dev.tagrouter.gateway;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** All event loops of a gateway: an edition is swapped in on every one, or on none. */
final class Loops {
    private final List<GatewayVerticle> verticles = new CopyOnWriteArrayList<>();
    private volatile @Nullable AdminVerticle admin;

    GatewayVerticle add(GatewayVerticle verticle) {
        verticles.add(verticle);
        return verticle;
    }

    AdminVerticle add(AdminVerticle verticle) {
        admin = verticle;
        return verticle;
    }

    /** What one event loop has made ready. */
    private record Ready(GatewayVerticle at, Future<EditionOnLoop> edition) {}

    /**
     * Has requests begin with an edition from now on.
     *
     * @throws ExecutionException when some event loop could not; then none does
     */
    void swap(Edition edition) throws ExecutionException {
        List<Ready> ready = new ArrayList<>();
        for (GatewayVerticle verticle : verticles) {
            ready.add(new Ready(verticle, verticle.prepare(edition)));
        }
        try {
            Awaiting.result(Future.join(ready.stream().map(Ready::edition).toList()));
        } catch (ExecutionException e) {
            ready.forEach(one -> one.edition().onSuccess(one.at()::discard));
            throw e;
        }
        List<Future<Void>> swapped = new ArrayList<>();
        for (Ready one : ready) {
            swapped.add(one.at().swap(one.edition().result()));
        }
        AdminVerticle operators = admin;
        if (operators != null) {
            swapped.add(operators.swap(edition));
        }
        Awaiting.result(Future.join(swapped));
    }
}
