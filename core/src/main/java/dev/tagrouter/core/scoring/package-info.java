/** From tags to one score a model: capability columns, the joint scorer and the published one. */
@NullMarked
package dev.tagrouter.core.scoring;

import org.jspecify.annotations.NullMarked;
