package dev.fluke.examples.demo;

import java.util.concurrent.Callable;

/**
 * One thing that a viewer is to see.
 *
 * @param name what it is, in words
 * @param happens makes it happen, and says whether it did
 */
public record Act(String name, Callable<Boolean> happens) {}
