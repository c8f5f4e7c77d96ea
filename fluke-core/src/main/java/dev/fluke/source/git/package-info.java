/** Manifests from a Git repository; no other package of core uses JGit. */
@NullMarked
package dev.fluke.source.git;

import org.jspecify.annotations.NullMarked;
