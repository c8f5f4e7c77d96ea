/** Lanes: the one place where work at one address happens, one thing at a time. */
@NullMarked
package dev.fluke.reconcile.internal.lane;

import org.jspecify.annotations.NullMarked;
