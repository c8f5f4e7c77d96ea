/** Agents, their names and labels, and the selectors that match them. */
@NullMarked
package dev.fluke.agent;

import org.jspecify.annotations.NullMarked;
