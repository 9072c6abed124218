/** Gateways side by side under the same load: {@link dev.tagrouter.benchmarks.comparison.Comparison} is the door. */
@NullMarked
package dev.tagrouter.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
