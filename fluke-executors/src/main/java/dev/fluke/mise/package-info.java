/** For those who declare state by tasks of mise, in a directory of a host or a clone from Git. */
@NullMarked
package dev.fluke.mise;

import org.jspecify.annotations.NullMarked;
