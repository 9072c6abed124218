/** Sentence embeddings for methods that need them: the contract, and a cache on disk. */
@NullMarked
package dev.tagrouter.core.embedding;

import org.jspecify.annotations.NullMarked;
