/** Tests of strings and hosts that want to do harm: it stays theirs. */
package dev.fluke.tests.hostile;
