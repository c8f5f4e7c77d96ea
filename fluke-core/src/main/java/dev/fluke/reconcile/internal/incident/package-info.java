/** Incidents: when one opens, is announced, reminds and closes. */
@NullMarked
package dev.fluke.reconcile.internal.incident;

import org.jspecify.annotations.NullMarked;
