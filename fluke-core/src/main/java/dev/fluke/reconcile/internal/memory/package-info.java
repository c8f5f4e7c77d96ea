/** The state of a task on an agent, and how long to wait after failures. */
@NullMarked
package dev.fluke.reconcile.internal.memory;

import org.jspecify.annotations.NullMarked;
