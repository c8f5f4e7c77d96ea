/** The Unix socket of the daemon: where it is, who may reach it, and who is at its other end. */
@NullMarked
package dev.fluke.cli.socket;

import org.jspecify.annotations.NullMarked;
