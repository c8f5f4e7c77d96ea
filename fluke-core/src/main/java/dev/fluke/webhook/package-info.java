/** The signature of Standard Webhooks, which push webhooks and alerts share. */
@NullMarked
package dev.fluke.webhook;

import org.jspecify.annotations.NullMarked;
