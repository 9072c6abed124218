@NullMarked
package dev.tagrouter.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
