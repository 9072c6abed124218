package dev.tagrouter.lab.baseline;

import dev.tagrouter.core.embedding.Embedding;
import dev.tagrouter.core.tagging.Query;
import dev.tagrouter.core.tagging.Tags;

/**
 * What a method may look at of one query: its text, its tags, and where there is one its sentence embedding. Never its
 * task, its id or any outcome.
 *
 * @param query the query
 * @param tags by a tagger that knows nothing of the fold under test, or by the teacher
 * @param embedding of unit length; empty where the evaluation runs without embeddings
 */
public record Example(Query query, Tags tags, Embedding embedding) {}
