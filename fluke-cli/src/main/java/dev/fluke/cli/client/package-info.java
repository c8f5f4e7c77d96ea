/** Clients of the API: over HTTP, or within the process. */
@NullMarked
package dev.fluke.cli.client;

import org.jspecify.annotations.NullMarked;
