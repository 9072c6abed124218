/** Properties that hold for every profile and query, checked by jqwik on made-up ones. */
@NullMarked
package dev.tagrouter.core.properties;

import org.jspecify.annotations.NullMarked;
