/** For those who declare state by two shell commands: one that checks, one that applies. */
@NullMarked
package dev.fluke.shell;

import org.jspecify.annotations.NullMarked;
