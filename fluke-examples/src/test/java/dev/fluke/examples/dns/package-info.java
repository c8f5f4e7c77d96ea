/** A target without a host. */
package dev.fluke.examples.dns;
