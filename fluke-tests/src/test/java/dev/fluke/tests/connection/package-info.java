/** Connections: opened, kept, pooled, lost, tried again. */
package dev.fluke.tests.connection;
