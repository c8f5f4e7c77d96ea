/** What an application set, and which threads are the loop's. */
@NullMarked
package dev.fluke.reconcile.internal.config;

import org.jspecify.annotations.NullMarked;
