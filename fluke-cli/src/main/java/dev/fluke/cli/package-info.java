/** For those who start the {@code fluke} command. */
@NullMarked
package dev.fluke.cli;

import org.jspecify.annotations.NullMarked;
