package dev.fluke.report;

import dev.fluke.agent.Agent;

/**
 * How one task ended on one agent in one cycle, or how it was found just before its apply.
 *
 * <p>Immutable, so safe for use by any thread. A release may add components, so don't create one
 * outside tests.
 *
 * @param agent the agent as it was declared when the cycle began
 * @param report how the task ended, and its steps
 * @param applied whether something was applied
 * @param remediationStatus what becomes of drift that was left alone: {@code pending_manual},
 *     {@code held} or {@code in_progress}; without a meaning if the task has not drifted
 * @param cycle the number of the cycle. Cycles that were opened while an agent waited share its
 *     ends; this is the number of the first of them
 * @param request who asked for the cycle, and why; {@link CycleReport.Request#NONE} if nobody did
 */
public record EndedTask(
    Agent agent,
    TaskReport report,
    boolean applied,
    String remediationStatus,
    long cycle,
    CycleReport.Request request) {}
