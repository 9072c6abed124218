package dev.tagrouter.lab.dataset;

import dev.tagrouter.learning.JudgedSet;
import java.io.IOException;

/** A judged set that also tells the id and the task of each row. */
interface RowSet extends JudgedSet {
    /** Hands every row to {@code sink}, always in the same order. */
    void readRows(RowSink sink) throws IOException;

    @Override
    default void read(Sink sink) throws IOException {
        readRows(row -> sink.accept(row.judged()));
    }

    /** Receives rows. */
    @FunctionalInterface
    interface RowSink {
        void accept(JudgedRow row) throws IOException;
    }
}
