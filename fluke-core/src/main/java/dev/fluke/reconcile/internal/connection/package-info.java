/** The connections to hosts, and what a cycle may send over them. */
@NullMarked
package dev.fluke.reconcile.internal.connection;

import org.jspecify.annotations.NullMarked;
