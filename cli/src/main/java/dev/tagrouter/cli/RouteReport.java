package dev.tagrouter.cli;

import dev.tagrouter.core.Router;
import dev.tagrouter.core.Routing;
import dev.tagrouter.core.decision.Decision;
import dev.tagrouter.core.decision.Reason;
import dev.tagrouter.core.profile.Manifest.ScorerKind;
import dev.tagrouter.core.scoring.Contribution;
import dev.tagrouter.core.scoring.Scores;
import dev.tagrouter.gateway.api.RoutingJson;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A routing as a person reads it: tags, candidates, what made the difference, and the decision in one sentence. */
final class RouteReport {
    private static final int TERM_ROWS = 12;
    private static final int TOP_TAGS = 3;
    private static final double QUERIES = 1000;

    private final Router router;
    private final Routing routing;
    private final ScorerKind kind;

    RouteReport(Router router, Routing routing) {
        this.router = router;
        this.routing = routing;
        this.kind = router.profile().manifest().scorer();
    }

    void print(PrintWriter out) {
        printTags(out);
        Scores scores = routing.scores();
        switch (routing.decision()) {
            case Decision.Chosen chosen -> {
                out.println();
                if (scores != null && chosen.reason() != Reason.NO_TAGS) {
                    printCandidates(out, scores, chosen);
                    out.println();
                }
                if (scores != null && chosen.reason() == Reason.ROUTED) {
                    printContributions(out, scores, chosen);
                    out.println();
                }
                out.println(new RouteSentence(router, routing, chosen).text());
            }
            // The command's error says it all.
            case Decision.NoEligibleModel none -> {}
        }
    }

    private void printTags(PrintWriter out) {
        if (routing.tags().statedCount() == 0) {
            out.println(routing.tags().isEmpty() ? "No tags." : "No tag is sure enough to be stated.");
            return;
        }
        TextTable table = new TextTable().left("tag").right("confidence");
        routing.tags().stated().forEach(tag -> table.row(tag.name(), Figures.confidence(tag.confidence())));
        table.print(out);
    }

    private void printCandidates(PrintWriter out, Scores scores, Decision.Chosen chosen) {
        TextTable table = new TextTable()
                .left("candidate")
                .right(kind == ScorerKind.JOINT ? "expected quality" : "net wins")
                .right("USD per 1,000 such queries")
                .left("")
                .left("largest contributions");
        for (int m : RoutingJson.bestFirst(scores)) {
            String model = model(scores, m);
            table.row(
                    model,
                    Figures.score(kind, scores.score(m)),
                    Figures.usd(QUERIES * scores.costUsd(m, routing.inputTokens())),
                    model.equals(chosen.model()) ? "chosen" : model.equals(chosen.runnerUp()) ? "runner-up" : "",
                    largest(scores.contributions(m)));
        }
        table.print(out);
    }

    private String largest(List<Contribution> contributions) {
        return contributions.stream()
                .filter(c -> c.value() != 0 && !c.term().equals(Contribution.BASELINE))
                .sorted(Comparator.comparingDouble(c -> -Math.abs(c.value())))
                .limit(TOP_TAGS)
                .map(c -> c.term() + " " + Figures.signed(kind, c.value()).strip())
                .collect(Collectors.joining(", "));
    }

    private void printContributions(PrintWriter out, Scores scores, Decision.Chosen chosen) {
        String runnerUp = chosen.runnerUp();
        int first = position(scores, chosen.model());
        int second = runnerUp == null ? -1 : position(scores, runnerUp);
        TextTable table = new TextTable().left("contribution to the score").right(chosen.model());
        if (runnerUp != null) {
            table.right(runnerUp).right("difference");
        }
        List<Term> terms = terms(scores, first, second);
        int telling = (int) terms.stream().filter(this::isTelling).count();
        int shown = Math.min(telling, terms.size() <= TERM_ROWS ? TERM_ROWS : TERM_ROWS - 1);
        terms.subList(0, shown).forEach(term -> add(table, term, second >= 0));
        if (shown < terms.size()) {
            List<Term> others = terms.subList(shown, terms.size());
            add(
                    table,
                    new Term(
                            "others (" + others.size() + ")",
                            others.stream().mapToDouble(Term::first).sum(),
                            others.stream().mapToDouble(Term::second).sum()),
                    second >= 0);
        }
        add(table, new Term("total", scores.score(first), second < 0 ? 0 : scores.score(second)), second >= 0);
        table.print(out);
    }

    /** Whether a row would show anything but zeros. */
    private boolean isTelling(Term term) {
        double least = kind == ScorerKind.JOINT ? 0.0005 : 0.05;
        return Math.abs(term.first()) >= least
                || Math.abs(term.second()) >= least
                || Math.abs(term.first() - term.second()) >= least;
    }

    private void add(TextTable table, Term term, boolean both) {
        List<String> cells = new ArrayList<>(List.of(term.name(), Figures.signed(kind, term.first())));
        if (both) {
            cells.add(Figures.signed(kind, term.second()));
            cells.add(Figures.signed(kind, term.first() - term.second()));
        }
        table.row(cells);
    }

    /** Terms of both models, those that tell them apart most first; for one model alone, the largest first. */
    private static List<Term> terms(Scores scores, int first, int second) {
        List<Contribution> ours = scores.contributions(first);
        @Nullable List<Contribution> theirs = second < 0 ? null : scores.contributions(second);
        List<Term> terms = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            terms.add(new Term(
                    ours.get(i).term(),
                    ours.get(i).value(),
                    theirs == null ? 0 : theirs.get(i).value()));
        }
        terms.sort(Comparator.comparingDouble(term -> -Math.abs(term.first() - term.second())));
        return terms;
    }

    /** One row of the table of contributions; the second value is 0 without a runner-up. */
    private record Term(String name, double first, double second) {}

    static int position(Scores scores, String model) {
        for (int m = 0; m < scores.size(); m++) {
            if (model(scores, m).equals(model)) {
                return m;
            }
        }
        throw new IllegalArgumentException("model '" + model + "' has no score");
    }

    private static String model(Scores scores, int position) {
        return scores.pool().candidates().get(position).model();
    }
}
