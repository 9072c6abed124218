/** Tests of learning on judgments with a known pattern. */
@NullMarked
package dev.tagrouter.learning;

import org.jspecify.annotations.NullMarked;
