/** The one seam for time, chance, and which work runs next; for Fluke itself and its testkit. */
@NullMarked
package dev.fluke.time;

import org.jspecify.annotations.NullMarked;
