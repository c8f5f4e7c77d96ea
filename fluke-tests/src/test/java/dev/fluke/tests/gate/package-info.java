/** Gates of the whole project: structure, rules, documents. */
package dev.fluke.tests.gate;
