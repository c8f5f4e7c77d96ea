/** Tests of the fleet's own parts. */
package dev.fluke.examples.fleet;
