/** Alerts: what they say, when they are sent, and what happens when a sink fails. */
package dev.fluke.tests.alert;
