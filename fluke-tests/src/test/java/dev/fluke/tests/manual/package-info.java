/** Manual runs, plans, and calls into the reconciler. */
package dev.fluke.tests.manual;
