package dev.tagrouter.gateway;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** All event loops of a gateway: an edition is swapped in on every one, or on none. */
final class Loops {
    private static final System.Logger LOG = System.getLogger(Loops.class.getName());

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
    void swap(Edition before, Edition next) throws ExecutionException {
        List<Ready> ready = new ArrayList<>();
        for (GatewayVerticle verticle : verticles) {
            ready.add(new Ready(verticle, verticle.prepare(next)));
        }
        try {
            Awaiting.result(Future.join(ready.stream().map(Ready::edition).toList()));
            Awaiting.result(certify(next));
        } catch (ExecutionException e) {
            ready.forEach(one -> one.edition().onSuccess(one.at()::discard));
            certify(before)
                    .onFailure(worse -> LOG.log(System.Logger.Level.WARNING, "the old certificate is gone", worse));
            throw e;
        }
        List<Future<Void>> swapped = new ArrayList<>();
        for (Ready one : ready) {
            swapped.add(one.at().swap(one.edition().result()));
        }
        AdminVerticle operators = admin;
        if (operators != null) {
            operators.swap(next);
        }
        Awaiting.result(Future.join(swapped));
    }

    private Future<?> certify(Edition edition) {
        List<Future<Void>> certified = new ArrayList<>();
        verticles.forEach(verticle -> certified.add(verticle.certify(edition)));
        AdminVerticle operators = admin;
        if (operators != null) {
            certified.add(operators.certify(edition));
        }
        return Future.join(certified);
    }
}
