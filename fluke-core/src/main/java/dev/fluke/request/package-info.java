/** Requests for a plan or a manual run: its scope, its actor and its reason. */
@NullMarked
package dev.fluke.request;

import org.jspecify.annotations.NullMarked;
