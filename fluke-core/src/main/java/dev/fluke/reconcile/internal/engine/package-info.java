/** The parts of the loop put together: cycles are opened, timers run, all of it closes. */
@NullMarked
package dev.fluke.reconcile.internal.engine;

import org.jspecify.annotations.NullMarked;
