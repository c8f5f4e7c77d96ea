/** One agent's cycle: check, decide, apply, verify, and each outcome. */
package dev.fluke.tests.cycle;
