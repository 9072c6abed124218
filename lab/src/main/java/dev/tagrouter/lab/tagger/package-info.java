/** Distils a teacher's tags into an embedded tagger. */
@NullMarked
package dev.tagrouter.lab.tagger;

import org.jspecify.annotations.NullMarked;
