/** For the tests of executors: one executor on one host, by the loop. */
@NullMarked
package dev.fluke.onhost;

import org.jspecify.annotations.NullMarked;
