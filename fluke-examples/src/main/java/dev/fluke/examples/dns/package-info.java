/** An executor for a target that Fluke reaches over HTTP, without a host. */
@NullMarked
package dev.fluke.examples.dns;

import org.jspecify.annotations.NullMarked;
