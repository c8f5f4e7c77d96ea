/** For those who are told: alerts, where they go, and which. */
@NullMarked
package dev.fluke.alert;

import org.jspecify.annotations.NullMarked;
