package dev.fluke.reconcile;

import dev.fluke.event.EventStore;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.List;

/** What the builder gathered, apart from agents and the source. */
record Settings(
    Scheduler scheduler,
    DriftPolicy defaultPolicy,
    Duration pollInterval,
    Duration checkLimit,
    Duration applyLimit,
    Duration freshness,
    Duration closeGrace,
    int connecting,
    int checking,
    int applying,
    EventStore events,
    List<Alerts.Route> routes) {}
