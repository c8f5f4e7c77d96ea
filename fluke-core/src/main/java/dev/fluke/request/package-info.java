/** What a caller asks for: the scope of a plan or manual run, and who asks why. */
@NullMarked
package dev.fluke.request;

import org.jspecify.annotations.NullMarked;
