/** Brings judgments that others publish or log into the shared layout of a data folder. */
@NullMarked
package dev.tagrouter.lab.importer;

import org.jspecify.annotations.NullMarked;
