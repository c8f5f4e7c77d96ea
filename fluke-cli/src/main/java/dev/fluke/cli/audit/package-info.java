/** The audit file: who asked the daemon for what, and how it ended. */
@NullMarked
package dev.fluke.cli.audit;

import org.jspecify.annotations.NullMarked;
