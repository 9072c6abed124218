/** What differs between the API a client speaks and the one an upstream speaks: bodies, answers, streams, errors. */
@NullMarked
package dev.tagrouter.gateway.dialect;

import org.jspecify.annotations.NullMarked;
