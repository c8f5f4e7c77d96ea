/** How commands reach the API: that of a daemon, or one of their own. */
@NullMarked
package dev.fluke.cli.client;

import org.jspecify.annotations.NullMarked;
