package dev.fluke.reconcile.internal.cycle;

import dev.fluke.agent.Agent;
import dev.fluke.report.TaskReport;

/**
 * How one task ended on one agent in one cycle, or how it was found just before its apply.
 * Immutable.
 *
 * @param agent the agent as it was declared when the cycle began
 * @param applied whether something was applied
 * @param remediationStatus what becomes of drift that was left alone: {@code pending_manual},
 *     {@code held} or {@code in_progress}
 */
public record EndedTask(
    Agent agent,
    TaskReport report,
    boolean applied,
    String remediationStatus,
    CycleRequest request) {}
