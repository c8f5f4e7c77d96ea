/** Incidents: opened, reminded, resolved. */
package dev.fluke.tests.incident;
