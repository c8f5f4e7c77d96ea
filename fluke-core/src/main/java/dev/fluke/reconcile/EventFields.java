package dev.fluke.reconcile;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.source.Revision;
import dev.fluke.text.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What events and alerts say: the fields of agents, tasks, steps and people. */
final class EventFields {
  private static final Set<String> PASSING =
      Set.of("remediation_status", "outcome", "message", "errors", "actor", "reason");

  private EventFields() {}

  /** The facts of one event with the time and type of another. */
  static Event again(Event facts, Event as) {
    Event told = as;
    for (Map.Entry<String, Object> field : facts.fields().entrySet()) {
      told = told.with(field.getKey(), field.getValue());
    }
    return told;
  }

  /** As {@link #again}, without what is true only while it lasts. */
  static Event ofEnd(Event facts, Event as) {
    Event told = as;
    for (Map.Entry<String, Object> field : facts.fields().entrySet()) {
      if (!PASSING.contains(field.getKey())) {
        told = told.with(field.getKey(), field.getValue());
      }
    }
    return told;
  }

  static String remediationStatus(TaskRun task) {
    if (!task.policy.applies()) {
      return "pending_manual";
    }
    return task.memory.heldUntil() == null ? "in_progress" : "held";
  }

  static String resultOf(Outcome outcome) {
    return switch (outcome) {
      case REMEDIATED, IN_SYNC -> "success";
      case NON_CONVERGENT -> "not_convergent";
      case FAILED -> "failure";
      case UNKNOWN, CANCELLED, UNREACHABLE, SKIPPED, DRIFTED -> "unknown";
    };
  }

  static Event about(
      Event event, AgentJob job, Agent agent, TaskReport report, String remediationStatus) {
    Event told =
        ofAgent(event, agent)
            .with("task", report.task())
            .with("policy", report.policy().toString());
    if (!remediationStatus.isEmpty()) {
      told = told.with("remediation_status", remediationStatus);
    }
    if (report.cause().isPresent()) {
      told = told.with("cause", report.cause().get().name());
    }
    if (!report.reason().isEmpty()) {
      told = told.with("message", report.reason());
    }
    told = told.with("revision", report.revision()).with("cycle", job.cycle());
    told = told.with("steps", report.steps().stream().map(EventFields::stepOf).toList());
    return byWhom(told, job.run);
  }

  static Event byWhom(Event event, @Nullable ManualRun run) {
    if (run == null) {
      return event;
    }
    Event told = event.with("actor", run.actor());
    return run.reason().isEmpty() ? told : told.with("reason", run.reason());
  }

  static Event ofAgent(Event event, Agent agent) {
    Map<String, Object> fields = new LinkedHashMap<>(); // in this order, also after a restart
    fields.put("name", agent.name());
    fields.put("labels", agent.labels());
    return event.with("agent", fields);
  }

  private static Map<String, Object> stepOf(StepReport step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", step.step());
    fields.put("outcome", step.outcome().name());
    if (!step.differences().isEmpty()) {
      fields.put(
          "differences", step.differences().stream().map(found -> found.toString()).toList());
    }
    if (!step.message().isEmpty()) {
      fields.put("message", step.message());
    }
    return fields;
  }

  /** What a source gave, and why it is not taken. */
  static Event ofRefusal(Event event, String source, String revision, List<String> errors) {
    return event.with("source", source).with("revision", revision).with("errors", errors);
  }

  /** What a source gave. */
  static Event ofRevision(
      Event event, String source, @Nullable Revision before, Revision revision) {
    Event told = event.with("source", source).with("revision", revision.id());
    told = before == null ? told : told.with("previous", before.id());
    told = told.with("tasks", revision.manifest().tasks().size());
    if (!revision.author().isEmpty()) {
      told = told.with("author", Printable.of(revision.author()));
    }
    if (!revision.subject().isEmpty()) {
      told = told.with("subject", Printable.of(revision.subject()));
    }
    return revision.remarks().isEmpty()
        ? told
        : told.with("remarks", revision.remarks().stream().map(Printable::of).toList());
  }
}
