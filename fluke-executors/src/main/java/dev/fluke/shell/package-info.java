/** Declares state by two shell commands: one checks, one applies. */
@NullMarked
package dev.fluke.shell;

import org.jspecify.annotations.NullMarked;
