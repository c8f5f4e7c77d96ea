/** One agent's part of one cycle: match, check, decide, apply, verify, report. */
@NullMarked
package dev.fluke.reconcile.internal.cycle;

import org.jspecify.annotations.NullMarked;
