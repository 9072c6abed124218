package dev.tagrouter.core.scoring;

/**
 * A model that a query may go to.
 *
 * @param model the name of its column in the capability table
 * @param price what a call costs
 */
public record Candidate(String model, Price price) {}
