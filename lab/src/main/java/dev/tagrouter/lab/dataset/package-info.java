/** Reads judgments and prices from files, as streams. */
@NullMarked
package dev.tagrouter.lab.dataset;

import org.jspecify.annotations.NullMarked;
