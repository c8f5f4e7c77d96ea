/** A target that is no host. */
package dev.fluke.examples.dns;
