/** The loop as a process of its own: its log, its signals, its end. */
@NullMarked
package dev.fluke.cli.daemon;

import org.jspecify.annotations.NullMarked;
