/** Tests of the order in which an event loop reads, works and writes. */
@NullMarked
package dev.tagrouter.gateway.loop;

import org.jspecify.annotations.NullMarked;
