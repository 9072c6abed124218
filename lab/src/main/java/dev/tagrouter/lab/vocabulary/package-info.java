/** A teacher's free tags to a vocabulary: spellings and near phrases merged, and what to add to it later. */
@NullMarked
package dev.tagrouter.lab.vocabulary;

import org.jspecify.annotations.NullMarked;
