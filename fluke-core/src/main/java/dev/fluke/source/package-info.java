/** For those who say where manifests come from. */
@NullMarked
package dev.fluke.source;

import org.jspecify.annotations.NullMarked;
