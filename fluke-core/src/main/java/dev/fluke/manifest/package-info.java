/** For those who declare what should be: tasks, their steps, and drift policies. */
@NullMarked
package dev.fluke.manifest;

import org.jspecify.annotations.NullMarked;
