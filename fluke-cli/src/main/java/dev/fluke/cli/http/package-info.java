/** The API: what it answers, and how it is served. */
@NullMarked
package dev.fluke.cli.http;

import org.jspecify.annotations.NullMarked;
