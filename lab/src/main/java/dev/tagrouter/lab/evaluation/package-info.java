/** The evaluation protocol: one fixed partition, cross-fitted taggers, pools, methods on equal terms, and their results. */
@NullMarked
package dev.tagrouter.lab.evaluation;

import org.jspecify.annotations.NullMarked;
