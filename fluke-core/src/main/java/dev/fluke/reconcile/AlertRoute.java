package dev.fluke.reconcile;

import dev.fluke.alert.AlertFilter;
import dev.fluke.alert.AlertSink;

/** A sink, and which alerts it gets. */
record AlertRoute(AlertSink sink, AlertFilter filter) {}
