/** Model servers: the client that calls them, the demonstration that stands in for them, and Ollama's discovery. */
@NullMarked
package dev.tagrouter.gateway.upstream;

import org.jspecify.annotations.NullMarked;
