/** For those who test tasks and executors: virtual time, scripted hosts, assertions. */
@NullMarked
package dev.fluke.testkit;

import org.jspecify.annotations.NullMarked;
