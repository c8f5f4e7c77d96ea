/** The delivery of alerts to sinks, at least once and in order for each key. */
@NullMarked
package dev.fluke.reconcile.internal.delivery;

import org.jspecify.annotations.NullMarked;
