/** The one path of TagRouter: {@link dev.tagrouter.core.Router} turns a query into tags, scores and a decision. */
@NullMarked
package dev.tagrouter.core;

import org.jspecify.annotations.NullMarked;
