/** Tests of the demo's own parts. */
package dev.fluke.examples.demo;
