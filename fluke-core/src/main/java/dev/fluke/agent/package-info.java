/** For those who declare a fleet: its agents, and which of them a task is for. */
@NullMarked
package dev.fluke.agent;

import org.jspecify.annotations.NullMarked;
