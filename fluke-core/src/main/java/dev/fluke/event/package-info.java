/** For those who follow what happens: events, where they are kept, and who is told. */
@NullMarked
package dev.fluke.event;

import org.jspecify.annotations.NullMarked;
