/** A teacher for tests. */
@NullMarked
package dev.tagrouter.client.testing;

import org.jspecify.annotations.NullMarked;
