/** For those who declare units of systemd: what runs, and what starts at boot. */
@NullMarked
package dev.fluke.systemd;

import org.jspecify.annotations.NullMarked;
