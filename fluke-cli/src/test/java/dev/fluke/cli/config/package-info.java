/** What {@code fluke.yaml} can say. */
package dev.fluke.cli.config;
