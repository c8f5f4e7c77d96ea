/**
 * What keeps an automatic cycle from applying: guards of the application, the back-off and the
 * drift policy.
 */
@NullMarked
package dev.fluke.reconcile.internal.guards;

import org.jspecify.annotations.NullMarked;
