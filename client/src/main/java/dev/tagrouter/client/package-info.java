/** Calls to model servers that speak OpenAI's chat completions: free tags from a teacher, and the tagger that asks one. */
@NullMarked
package dev.tagrouter.client;

import org.jspecify.annotations.NullMarked;
