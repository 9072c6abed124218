package dev.tagrouter.lab.importer;

import dev.tagrouter.lab.dataset.BrokenLines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/** Reads one form that judgments come in. A new form is one class and one line in {@link Format}. */
interface Importer {
    /**
     * The files to read, in order.
     *
     * @throws IOException when there are none, saying what was looked for
     */
    List<Path> files() throws IOException;

    /**
     * Reads one of them, once, from beginning to end.
     *
     * @param broken told every row that cannot be read
     */
    void read(Path file, InputStream in, Sink sink, BrokenLines broken) throws IOException;

    /** Receives queries and judgments in any order. */
    interface Sink {
        /** The position of a query; what it is gets written when its key is new. */
        int query(ImportedQuery query) throws IOException;

        /** Whether a query with this key came before. */
        boolean knows(String key);

        /**
         * How one model did on a query; of several judgments of the same the mean counts.
         *
         * @param quality in [0, 1]
         * @param outputChars length of the answer, NaN where it is not known
         */
        void judgment(int query, String model, double quality, double outputChars) throws IOException;

        /** A row that is sound but says nothing about quality; counted. */
        void unjudged();
    }
}
