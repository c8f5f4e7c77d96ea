/** Files of this machine that others must not change or read, for Fluke's own modules only. */
@NullMarked
package dev.fluke.files.internal;

import org.jspecify.annotations.NullMarked;
