package dev.tagrouter.learning;

import dev.tagrouter.core.decision.TradeOffCurve;
import dev.tagrouter.core.profile.Manifest;
import dev.tagrouter.core.profile.Profile;
import dev.tagrouter.core.scoring.CandidatePool;
import dev.tagrouter.core.scoring.CapabilityTable;
import dev.tagrouter.core.scoring.EvidenceSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What adding and removing models have in common. */
final class Changes {
    private Changes() {}

    static Map<String, TradeOffCurve> curves(Profile profile) {
        Map<String, TradeOffCurve> curves = new LinkedHashMap<>();
        profile.table().sets().forEach(set -> curves.put(set.name(), profile.curve(set.name())));
        return curves;
    }

    /** The profile with other sets; its vocabulary and tagger stay. */
    static Profile profile(
            Profile profile, Manifest manifest, List<EvidenceSet> sets, Map<String, TradeOffCurve> curves) {
        return Profile.of(manifest, new CapabilityTable(profile.table().vocabulary(), sets), curves, profile.tagger());
    }

    /** The set whose scale and theta the profile's candidates are decided by. */
    static EvidenceSet base(Profile profile) {
        return CandidatePool.over(profile.table(), profile.candidates()).base();
    }

    static boolean compares(Profile profile) {
        return profile.compares(CandidatePool.over(profile.table(), profile.candidates()));
    }
}
