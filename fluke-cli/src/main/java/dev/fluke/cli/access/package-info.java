/** Who calls the API, and what each caller may do. */
@NullMarked
package dev.fluke.cli.access;

import org.jspecify.annotations.NullMarked;
