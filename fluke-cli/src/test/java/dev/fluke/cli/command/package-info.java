/** What each command does. */
package dev.fluke.cli.command;
