/** The entry point of the {@code fluke} command. */
@NullMarked
package dev.fluke.cli;

import org.jspecify.annotations.NullMarked;
