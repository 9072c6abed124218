@NullMarked
package dev.tagrouter.benchmarks.load;

import org.jspecify.annotations.NullMarked;
