/** {@code fluke.yaml}: what it can say, and what it means. */
@NullMarked
package dev.fluke.cli.config;

import org.jspecify.annotations.NullMarked;
