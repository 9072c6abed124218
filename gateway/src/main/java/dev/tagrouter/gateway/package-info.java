/** The OpenAI-compatible server that routes; {@link dev.tagrouter.gateway.Gateway} wires its parts. */
@NullMarked
package dev.tagrouter.gateway;

import org.jspecify.annotations.NullMarked;
