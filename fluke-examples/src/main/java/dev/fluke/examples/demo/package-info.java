/** For those who want to see the main job once: drift appears, heals, and is reported. */
@NullMarked
package dev.fluke.examples.demo;

import org.jspecify.annotations.NullMarked;
