/** The subcommands of {@code fluke}: what each takes, and what it does. */
@NullMarked
package dev.fluke.cli.command;

import org.jspecify.annotations.NullMarked;
