/** For those who write executors: a check, an apply, and the host they work on. */
@NullMarked
package dev.fluke.executor;

import org.jspecify.annotations.NullMarked;
