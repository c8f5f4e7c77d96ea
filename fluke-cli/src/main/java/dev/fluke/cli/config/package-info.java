/** Reads the config {@code fluke.yaml} and Ansible inventories. */
@NullMarked
package dev.fluke.cli.config;

import org.jspecify.annotations.NullMarked;
