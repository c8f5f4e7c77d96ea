/** For those who receive alerts in an application of their own. */
@NullMarked
package dev.fluke.examples.receiver;

import org.jspecify.annotations.NullMarked;
