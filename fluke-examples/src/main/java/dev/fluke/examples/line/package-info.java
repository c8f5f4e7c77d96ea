/** An executor whose check is one command, and its kind for YAML, as a jar of its own has them. */
@NullMarked
package dev.fluke.examples.line;

import org.jspecify.annotations.NullMarked;
