/** Sources: last good revisions, notes, several sources. */
package dev.fluke.tests.source;
