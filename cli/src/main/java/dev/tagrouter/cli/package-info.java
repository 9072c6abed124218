/** The command line: each command reads its arguments, calls the modules below and prints what they answer. */
@NullMarked
package dev.tagrouter.cli;

import org.jspecify.annotations.NullMarked;
