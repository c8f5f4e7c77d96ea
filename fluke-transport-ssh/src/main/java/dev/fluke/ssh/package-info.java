/** Reaches hosts and Git repositories over SSH; {@link dev.fluke.ssh.Ssh} is the transport. */
@NullMarked
package dev.fluke.ssh;

import org.jspecify.annotations.NullMarked;
