/** An executor for something that is no host: it is reached over HTTP. */
@NullMarked
package dev.fluke.examples.dns;

import org.jspecify.annotations.NullMarked;
