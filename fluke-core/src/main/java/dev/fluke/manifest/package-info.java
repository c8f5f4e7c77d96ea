/** Manifests: tasks with their steps and drift policies, declared in Java or read from YAML. */
@NullMarked
package dev.fluke.manifest;

import org.jspecify.annotations.NullMarked;
