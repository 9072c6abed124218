@NullMarked
package dev.tagrouter.cli;

import org.jspecify.annotations.NullMarked;
