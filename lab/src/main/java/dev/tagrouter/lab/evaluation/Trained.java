package dev.tagrouter.lab.evaluation;

import dev.tagrouter.lab.baseline.Method.Valuer;

/**
 * A method as trained for one fold under test.
 *
 * @param valuer what was learned at the setting that validation chose
 * @param trial which setting that is
 * @param setting the same in words
 * @param choice how its values become choices
 * @param knob the knob that validation chose
 * @param seconds time to learn at that setting
 */
record Trained(Valuer valuer, int trial, String setting, Choice choice, double knob, double seconds) {}
