package dev.tagrouter.core.scoring;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of a request, brought onto one scale: made once for a list of candidates, then used for every query.
 *
 * <p>Where one set judged all candidates, that set decides (the one with most queries, where several did). Otherwise
 * the set with most candidates is the base, and the others are moved onto its scale along models judged in both: the
 * mean difference of the shared models' coefficients, tag by tag, so that a score stays a sum of contributions. Sets
 * without such a link do not compare: the pool is then not {@linkplain #comparable() comparable}.
 */
public final class CandidatePool {
    private final CapabilityTable table;
    private final List<Candidate> candidates;
    private final List<String> withoutEvidence;
    private final List<Column> columns;
    private final EvidenceSet base;
    private final boolean comparable;

    private CandidatePool(
            CapabilityTable table,
            List<Candidate> candidates,
            List<String> withoutEvidence,
            List<Column> columns,
            EvidenceSet base,
            boolean comparable) {
        this.table = table;
        this.candidates = List.copyOf(candidates);
        this.withoutEvidence = List.copyOf(withoutEvidence);
        this.columns = List.copyOf(columns);
        this.base = base;
        this.comparable = comparable;
    }

    /**
     * Brings candidates together.
     *
     * @param candidates at least one, names unique; those without a column in the table never get a score
     */
    public static CandidatePool over(CapabilityTable table, List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            throw new IllegalArgumentException("there are no candidates; name at least one model");
        }
        Set<String> names = new HashSet<>();
        List<Candidate> known = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (!names.add(candidate.model())) {
                throw new IllegalArgumentException(
                        "model '" + candidate.model() + "' is named twice among the candidates; name it once");
            }
            if (table.sets().stream().anyMatch(set -> set.find(candidate.model()) != null)) {
                known.add(candidate);
            } else {
                unknown.add(candidate.model());
            }
        }
        EvidenceSet base = base(table, known);
        List<Reached> reached = reached(table, base);
        List<Column> columns = new ArrayList<>();
        for (Candidate candidate : known) {
            Column column = column(table, candidate.model(), reached);
            if (column == null) {
                return new CandidatePool(table, known, unknown, List.of(), base, false);
            }
            columns.add(column);
        }
        return new CandidatePool(table, known, unknown, columns, base, !known.isEmpty());
    }

    /** The set that judged most of the candidates; of several, the one with most queries. */
    private static EvidenceSet base(CapabilityTable table, List<Candidate> candidates) {
        EvidenceSet best = table.sets().getFirst();
        long most = -1;
        for (EvidenceSet set : table.sets()) {
            long count =
                    candidates.stream().filter(c -> set.find(c.model()) != null).count();
            if (count > most || (count == most && set.queries() > best.queries())) {
                best = set;
                most = count;
            }
        }
        return best;
    }

    /** A set that links reach from the base, and how to get from it onto the base's scale; null for the base itself. */
    private record Reached(EvidenceSet set, Column.@Nullable Shift shift) {}

    /** The base and what links reach from it; nearest sets first. */
    private static List<Reached> reached(CapabilityTable table, EvidenceSet base) {
        List<Reached> reached = new ArrayList<>(List.of(new Reached(base, null)));
        for (int i = 0; i < reached.size(); i++) {
            Reached from = reached.get(i);
            for (EvidenceSet set : table.sets()) {
                // By name: equals would compare all that the sets know, and the code for that is made on first use.
                if (reached.stream().noneMatch(known -> known.set().name().equals(set.name()))) {
                    Column.Shift shift = link(table, set, from.set(), from.shift());
                    if (shift != null) {
                        reached.add(new Reached(set, shift));
                    }
                }
            }
        }
        return reached;
    }

    private static Column.@Nullable Shift link(
            CapabilityTable table, EvidenceSet set, EvidenceSet towards, Column.@Nullable Shift towardsShift) {
        List<Column> there = new ArrayList<>();
        List<Column> here = new ArrayList<>();
        for (Capability shared : set.capabilities()) {
            Capability other = towards.find(shared.model());
            if (other != null) {
                Column column = Column.of(towards, other, table.vocabulary());
                there.add(towardsShift == null ? column : column.shifted(towardsShift));
                here.add(Column.of(set, shared, table.vocabulary()));
            }
        }
        return there.isEmpty() ? null : Column.Shift.mean(there, here);
    }

    private static @Nullable Column column(CapabilityTable table, String model, List<Reached> reached) {
        for (Reached from : reached) {
            Capability capability = from.set().find(model);
            if (capability != null) {
                Column column = Column.of(from.set(), capability, table.vocabulary());
                return from.shift() == null ? column : column.shifted(from.shift());
            }
        }
        return null;
    }

    /** The candidates that have evidence, in the order given. */
    public List<Candidate> candidates() {
        return candidates;
    }

    /** The models asked for that no set judged: never chosen on a guess. */
    public List<String> withoutEvidence() {
        return withoutEvidence;
    }

    /** The set whose scale the scores are on. */
    public EvidenceSet base() {
        return base;
    }

    /** Whether there are candidates and their evidence is on one scale. */
    public boolean comparable() {
        return comparable;
    }

    /** Whether one set judged all candidates, so that no link is needed. */
    public boolean judgedTogether() {
        return candidates.stream().allMatch(candidate -> base.find(candidate.model()) != null);
    }

    /** The mean quality of the candidate at {@code index}, on the base set's scale. */
    public double meanQuality(int index) {
        return comparable ? columns.get(index).meanQuality : Double.NaN;
    }

    CapabilityTable table() {
        return table;
    }

    List<Column> columns() {
        return columns;
    }
}
