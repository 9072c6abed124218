/** What clients see: endpoints, JSON shapes and errors. */
@NullMarked
package dev.tagrouter.gateway.api;

import org.jspecify.annotations.NullMarked;
