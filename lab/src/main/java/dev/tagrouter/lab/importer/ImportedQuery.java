package dev.tagrouter.lab.importer;

import dev.tagrouter.core.tagging.PlainName;
import dev.tagrouter.lab.LabException;

/**
 * A query as an importer finds it.
 *
 * @param key what makes it the same query in another row
 * @param id its own id, or an empty text where the layout's writer is to number it
 * @param language of the text, or empty
 * @param task the source's own label, or empty
 * @param split the source's own split, or empty
 * @param text what was asked
 */
record ImportedQuery(String key, String id, String language, String task, String split, String text) {
    private static final int LONGEST_ID = 1_000;

    /** @throws LabException when there is nothing to ask, or the id could not stand in a table */
    static ImportedQuery checked(
            String place, String key, String id, String language, String task, String split, String text)
            throws LabException {
        if (text.isBlank()) {
            throw new LabException(place + ": the query is empty; give its text or remove the row");
        }
        if (id.length() > LONGEST_ID || !PlainName.is(id)) {
            throw new LabException(place + ": '" + PlainName.shown(id) + "' is no usable id; give at most " + LONGEST_ID
                    + " characters without line breaks");
        }
        return new ImportedQuery(key, id, language, task, split, text);
    }
}
