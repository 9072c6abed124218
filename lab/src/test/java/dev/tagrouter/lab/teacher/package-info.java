@NullMarked
package dev.tagrouter.lab.teacher;

import org.jspecify.annotations.NullMarked;
