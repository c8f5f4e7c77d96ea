package dev.fluke.examples.fleet;

import dev.fluke.report.TaskReport;

/**
 * A task on an agent.
 *
 * @param agent the agent's name
 * @param task the task's name
 */
record TaskOn(String agent, String task) {

  static TaskOn of(TaskReport report) {
    return new TaskOn(report.agent(), report.task());
  }
}
