/** Real, small fixtures for the tests of every module. */
@NullMarked
package dev.tagrouter.core.testing;

import org.jspecify.annotations.NullMarked;
