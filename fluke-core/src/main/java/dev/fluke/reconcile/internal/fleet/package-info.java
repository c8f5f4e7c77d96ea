/** The agents that are managed: they come, change and go. */
@NullMarked
package dev.fluke.reconcile.internal.fleet;

import org.jspecify.annotations.NullMarked;
