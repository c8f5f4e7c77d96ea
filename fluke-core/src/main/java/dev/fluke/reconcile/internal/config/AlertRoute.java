package dev.fluke.reconcile.internal.config;

import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;

/** A sink, and which alerts it gets. */
public record AlertRoute(AlertSink sink, AlertFilter filter) {}
