@NullMarked
package dev.tagrouter.gateway.telemetry;

import org.jspecify.annotations.NullMarked;
