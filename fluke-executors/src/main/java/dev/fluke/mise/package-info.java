/** Declares state by two mise tasks, in a directory of a host or a clone of a repository. */
@NullMarked
package dev.fluke.mise;

import org.jspecify.annotations.NullMarked;
