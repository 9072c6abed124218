@NullMarked
package dev.tagrouter.client;

import org.jspecify.annotations.NullMarked;
