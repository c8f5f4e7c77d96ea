/** Tools for tests of tasks, executors and transports: virtual time, scripted hosts, assertions. */
@NullMarked
package dev.fluke.testkit;

import org.jspecify.annotations.NullMarked;
