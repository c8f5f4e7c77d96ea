/** For everyone who runs something on a host: commands, their results, secrets, quoting. */
@NullMarked
package dev.fluke.command;

import org.jspecify.annotations.NullMarked;
