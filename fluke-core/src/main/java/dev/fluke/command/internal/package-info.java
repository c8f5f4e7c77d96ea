/** What Fluke's own modules share: shell programs that are files, and digests of values. */
@NullMarked
package dev.fluke.command.internal;

import org.jspecify.annotations.NullMarked;
