/** A command as a check, and a kind in a jar of its own. */
package dev.fluke.examples.secrets;
