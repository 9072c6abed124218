/** From scores to one model: theta, the utility rule, the published rule, and the reasons. */
@NullMarked
package dev.tagrouter.core.decision;

import org.jspecify.annotations.NullMarked;
