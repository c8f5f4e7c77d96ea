/** Lanes: all work at one address, one job at a time. */
@NullMarked
package dev.fluke.reconcile.internal.lane;

import org.jspecify.annotations.NullMarked;
