/** How Fluke's YAML is read, strictly and with places, by its own modules; not for others. */
@NullMarked
package dev.fluke.yaml.internal;

import org.jspecify.annotations.NullMarked;
