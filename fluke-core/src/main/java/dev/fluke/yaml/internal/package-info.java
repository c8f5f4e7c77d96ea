/** Reads YAML strictly and with places, for Fluke's own modules only. */
@NullMarked
package dev.fluke.yaml.internal;

import org.jspecify.annotations.NullMarked;
