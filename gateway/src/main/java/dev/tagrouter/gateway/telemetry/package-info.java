/** What is counted, timed and logged of a request. */
@NullMarked
package dev.tagrouter.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
