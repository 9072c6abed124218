/** The configuration as a record tree, read once from tagrouter.yaml; a mistake names file, line, key and remedy. */
@NullMarked
package dev.tagrouter.gateway.config;

import org.jspecify.annotations.NullMarked;
