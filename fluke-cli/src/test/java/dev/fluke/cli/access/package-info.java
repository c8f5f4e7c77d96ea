/** Callers and their rights. */
package dev.fluke.cli.access;
