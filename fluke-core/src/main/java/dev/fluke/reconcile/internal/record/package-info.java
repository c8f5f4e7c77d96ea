/** Events: what changed, recorded once and given to subscribers. */
@NullMarked
package dev.fluke.reconcile.internal.record;

import org.jspecify.annotations.NullMarked;
