/** Events and subscribers. */
package dev.fluke.tests.event;
