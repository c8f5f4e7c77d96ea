/** The audit file. */
package dev.fluke.cli.audit;
