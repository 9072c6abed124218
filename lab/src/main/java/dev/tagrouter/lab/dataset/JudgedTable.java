package dev.tagrouter.lab.dataset;

import dev.tagrouter.learning.JudgedSet;
import java.util.List;

/**
 * A judged set in memory, for work that goes over it again and again.
 *
 * @param description what the set is
 * @param rows in the order of the file; ids are unique
 */
public record JudgedTable(JudgedSet.Description description, List<JudgedRow> rows) {
    public JudgedTable {
        rows = List.copyOf(rows);
    }
}
