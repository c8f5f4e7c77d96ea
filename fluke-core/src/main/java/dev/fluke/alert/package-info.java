/** Alerts about incidents, the filters that choose them, and the sinks that send them. */
@NullMarked
package dev.fluke.alert;

import org.jspecify.annotations.NullMarked;
