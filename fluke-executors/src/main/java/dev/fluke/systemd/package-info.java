/** Declares units of systemd: what runs now, and what starts at boot. */
@NullMarked
package dev.fluke.systemd;

import org.jspecify.annotations.NullMarked;
