/** The innermost loops of training and of comparing embeddings, over rows of floats: in plain Java, and in the processor's vectors where they can be had. */
@NullMarked
package dev.tagrouter.lab.kernel;

import org.jspecify.annotations.NullMarked;
