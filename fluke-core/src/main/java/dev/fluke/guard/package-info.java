/** Guards: the reasons not to apply a drifted task by itself. */
@NullMarked
package dev.fluke.guard;

import org.jspecify.annotations.NullMarked;
