/** What a router knows as one artifact: read, validated and written atomically. */
@NullMarked
package dev.tagrouter.core.profile;

import org.jspecify.annotations.NullMarked;
