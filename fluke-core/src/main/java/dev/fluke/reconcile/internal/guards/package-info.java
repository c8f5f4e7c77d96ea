/** What keeps an automatic cycle from applying: the drift policy and the back-off. */
@NullMarked
package dev.fluke.reconcile.internal.guards;

import org.jspecify.annotations.NullMarked;
