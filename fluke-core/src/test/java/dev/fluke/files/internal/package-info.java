/** Files of this machine that others must not change or read. */
package dev.fluke.files.internal;
