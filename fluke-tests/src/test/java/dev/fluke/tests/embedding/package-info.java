/** Tests of what surrounds Fluke in an application: class loaders, old libraries, odd homes. */
@NullMarked
package dev.fluke.tests.embedding;

import org.jspecify.annotations.NullMarked;
