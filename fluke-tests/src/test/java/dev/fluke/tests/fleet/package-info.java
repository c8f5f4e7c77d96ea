/** Agents that come, change and go. */
package dev.fluke.tests.fleet;
