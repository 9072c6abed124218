/** A sentence embedder that runs in the process. */
@NullMarked
package dev.tagrouter.embeddings;

import org.jspecify.annotations.NullMarked;
