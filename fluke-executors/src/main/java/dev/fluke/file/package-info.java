/** Declares files of a host: content, mode and owner. */
@NullMarked
package dev.fluke.file;

import org.jspecify.annotations.NullMarked;
