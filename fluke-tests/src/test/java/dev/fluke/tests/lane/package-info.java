/** What runs on a lane, and in which order. */
package dev.fluke.tests.lane;
