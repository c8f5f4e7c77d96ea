/** Manifests from a Git repository; nothing else in core touches JGit. */
@NullMarked
package dev.fluke.source.git;

import org.jspecify.annotations.NullMarked;
