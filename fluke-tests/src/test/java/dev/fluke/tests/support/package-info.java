/** What these tests share. */
package dev.fluke.tests.support;
