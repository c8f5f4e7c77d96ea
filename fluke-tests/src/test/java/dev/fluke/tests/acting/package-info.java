/** Tests of the right to act: who may still begin, who may go on, and who hinders nobody. */
package dev.fluke.tests.acting;
