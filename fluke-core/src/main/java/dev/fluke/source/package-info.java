/** Where manifests come from: the source interface, and sources that need no other library. */
@NullMarked
package dev.fluke.source;

import org.jspecify.annotations.NullMarked;
