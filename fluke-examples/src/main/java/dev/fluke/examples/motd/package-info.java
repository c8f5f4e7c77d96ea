/** An executor of one's own, as a record. */
@NullMarked
package dev.fluke.examples.motd;

import org.jspecify.annotations.NullMarked;
