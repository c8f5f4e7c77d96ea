/** Executors: a check, an apply, the host they work on, and their YAML side. */
@NullMarked
package dev.fluke.executor;

import org.jspecify.annotations.NullMarked;
