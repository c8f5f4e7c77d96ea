/** Timers: start, stop, close. */
package dev.fluke.tests.timer;
