/** Judgments in, a profile out: additive statistics, the joint estimate in closed form, and the theta curve. */
@NullMarked
package dev.tagrouter.learning;

import org.jspecify.annotations.NullMarked;
