/** Each sink against a server or a log, and the samples of the page on alerts. */
package dev.fluke.examples.sinks;
