/** Offline work: data folders in, taggers and profiles out. */
@NullMarked
package dev.tagrouter.lab;

import org.jspecify.annotations.NullMarked;
