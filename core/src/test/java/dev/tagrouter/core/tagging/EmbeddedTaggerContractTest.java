package dev.tagrouter.core.tagging;

import dev.tagrouter.core.testing.TaggerContract;
import dev.tagrouter.core.testing.TinyProfile;

class EmbeddedTaggerContractTest extends TaggerContract {
    private final Tagger tagger = TinyProfile.tagger(TinyProfile.vocabulary());

    @Override
    protected Tagger tagger() {
        return tagger;
    }
}
