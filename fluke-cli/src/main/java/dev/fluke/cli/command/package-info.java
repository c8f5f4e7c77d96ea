/** The subcommands of {@code fluke}: their options, their output, their exit statuses. */
@NullMarked
package dev.fluke.cli.command;

import org.jspecify.annotations.NullMarked;
