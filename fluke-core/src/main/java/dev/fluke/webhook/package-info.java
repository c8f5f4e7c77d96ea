/** The signature of Standard Webhooks, which pushes and alerts share. */
@NullMarked
package dev.fluke.webhook;

import org.jspecify.annotations.NullMarked;
