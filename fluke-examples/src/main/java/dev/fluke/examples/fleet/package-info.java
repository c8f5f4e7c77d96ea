/** A fleet of real systemd hosts, kept as a Git repository says, as a viewer can follow. */
@NullMarked
package dev.fluke.examples.fleet;

import org.jspecify.annotations.NullMarked;
