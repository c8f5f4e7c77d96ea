/** The revisions of all sources: polled, adopted or rejected. */
@NullMarked
package dev.fluke.reconcile.internal.revision;

import org.jspecify.annotations.NullMarked;
