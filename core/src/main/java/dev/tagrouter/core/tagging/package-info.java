/** From a query to tags: the vocabulary, the tagger's contract and the embedded tagger. */
@NullMarked
package dev.tagrouter.core.tagging;

import org.jspecify.annotations.NullMarked;
