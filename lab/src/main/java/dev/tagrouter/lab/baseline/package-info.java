/** Routing methods on equal terms: ours, the published scorer, and what they are compared with. */
@NullMarked
package dev.tagrouter.lab.baseline;

import org.jspecify.annotations.NullMarked;
