/** What Fluke's own modules share about commands: shell programs that are files. */
@NullMarked
package dev.fluke.command.internal;

import org.jspecify.annotations.NullMarked;
