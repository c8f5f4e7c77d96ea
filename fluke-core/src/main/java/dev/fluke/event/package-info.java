/** Events about what changes, the store that keeps them, and the subscribers that receive them. */
@NullMarked
package dev.fluke.event;

import org.jspecify.annotations.NullMarked;
