/** Samples of the README and of the guides. */
package dev.fluke.examples;
