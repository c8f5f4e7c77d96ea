/** For applications that run the loop: the reconciler, what to ask of it, and its status. */
@NullMarked
package dev.fluke.reconcile;

import org.jspecify.annotations.NullMarked;
