/** Secrets that manifests name, from a store of one's own. */
@NullMarked
package dev.fluke.examples.secrets;

import org.jspecify.annotations.NullMarked;
