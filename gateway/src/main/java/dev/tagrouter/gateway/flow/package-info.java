/** The path of one chat request: read, parse, route, forward, relay. */
@NullMarked
package dev.tagrouter.gateway.flow;

import org.jspecify.annotations.NullMarked;
