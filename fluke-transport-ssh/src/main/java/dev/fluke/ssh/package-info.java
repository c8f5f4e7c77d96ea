/** For those whose hosts are reached over SSH: {@link dev.fluke.ssh.Ssh} is the transport. */
@NullMarked
package dev.fluke.ssh;

import org.jspecify.annotations.NullMarked;
