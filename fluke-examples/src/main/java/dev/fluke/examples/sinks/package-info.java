/** For those who send alerts where people look: each sink is one to copy. */
@NullMarked
package dev.fluke.examples.sinks;

import org.jspecify.annotations.NullMarked;
