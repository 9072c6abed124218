/** What a decision and the gateway cost, measured. */
@NullMarked
package dev.tagrouter.benchmarks;

import org.jspecify.annotations.NullMarked;
