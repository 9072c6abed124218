/** Teacher tagging: a file of queries to a file of tags, by a model that costs money and may fail at any point. */
@NullMarked
package dev.tagrouter.lab.teacher;

import org.jspecify.annotations.NullMarked;
