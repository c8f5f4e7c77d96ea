/** The daemon: a reconciler as a process, with its log and its signals. */
@NullMarked
package dev.fluke.cli.daemon;

import org.jspecify.annotations.NullMarked;
