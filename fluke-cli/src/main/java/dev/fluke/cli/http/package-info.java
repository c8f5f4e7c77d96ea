/** The HTTP API: its pages, and the server for them. */
@NullMarked
package dev.fluke.cli.http;

import org.jspecify.annotations.NullMarked;
