/** An application that embeds a reconciler: the first sample of the README. */
@NullMarked
package dev.fluke.examples.embed;

import org.jspecify.annotations.NullMarked;
