/** Samples of the README, and what holds the project to its own rules. */
package dev.fluke.examples;
