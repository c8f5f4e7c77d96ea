/** Connects to checked addresses only, for webhooks and Git. */
@NullMarked
package dev.fluke.net.internal;

import org.jspecify.annotations.NullMarked;
