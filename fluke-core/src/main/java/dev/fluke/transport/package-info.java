/** For those who reach hosts: how commands get there, and what comes back. */
@NullMarked
package dev.fluke.transport;

import org.jspecify.annotations.NullMarked;
