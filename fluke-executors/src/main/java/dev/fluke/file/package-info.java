/** For those who declare what is in a file of a host, and whose it is. */
@NullMarked
package dev.fluke.file;

import org.jspecify.annotations.NullMarked;
