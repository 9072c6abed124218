/** Results as files. */
@NullMarked
package dev.tagrouter.lab.report;

import org.jspecify.annotations.NullMarked;
