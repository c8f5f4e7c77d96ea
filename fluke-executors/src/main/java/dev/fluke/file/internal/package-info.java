/** How the programs of all executors enter directories of a host. */
@NullMarked
package dev.fluke.file.internal;

import org.jspecify.annotations.NullMarked;
