/** The metrics of the paper and of the protocol, computed from what each candidate did on each query. */
@NullMarked
package dev.tagrouter.lab.metric;

import org.jspecify.annotations.NullMarked;
