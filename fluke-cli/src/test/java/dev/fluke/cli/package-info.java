/** The command as somebody uses it. */
package dev.fluke.cli;
