/**
 * Text for people and machines: JSON, durations, printable text, suggestions, and places in files.
 */
@NullMarked
package dev.fluke.text;

import org.jspecify.annotations.NullMarked;
