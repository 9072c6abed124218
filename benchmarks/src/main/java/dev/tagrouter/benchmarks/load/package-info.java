/** Load on a server, and a server to put behind one: {@link dev.tagrouter.benchmarks.load.Load} is the door. */
@NullMarked
package dev.tagrouter.benchmarks.load;

import org.jspecify.annotations.NullMarked;
