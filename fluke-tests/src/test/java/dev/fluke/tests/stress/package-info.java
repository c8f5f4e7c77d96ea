/**
 * A reconciler under many real threads at once: what must never happen, and what must come back.
 */
package dev.fluke.tests.stress;
