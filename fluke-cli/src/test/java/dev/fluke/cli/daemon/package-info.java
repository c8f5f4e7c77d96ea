/** The loop as a process. */
package dev.fluke.cli.daemon;
