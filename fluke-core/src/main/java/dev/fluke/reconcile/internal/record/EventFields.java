package dev.fluke.reconcile.internal.record;

import dev.fluke.agent.Agent;
import dev.fluke.event.Event;
import dev.fluke.executor.Difference;
import dev.fluke.report.CycleReport;
import dev.fluke.report.EndedTask;
import dev.fluke.report.Outcome;
import dev.fluke.report.StepReport;
import dev.fluke.report.TaskReport;
import dev.fluke.request.ManualRun;
import dev.fluke.source.Revision;
import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The fields of events and alerts: of agents, tasks, steps, sources and manual runs. */
public final class EventFields {
  private static final Set<String> PASSING =
      Set.of(
          "remediation_status",
          "outcome",
          "message",
          "remark",
          "errors",
          "actor",
          "on_behalf_of",
          "reason");

  /** Fields that may have text of hosts, sources or sinks. */
  private static final Set<String> TEXTS =
      Set.of("message", "errors", "remarks", "on_behalf_of", "reason");

  private static final int MOST_ERRORS = 100;

  private EventFields() {}

  /** The fields of one event with the time and type of another. */
  public static Event again(Event facts, Event as) {
    Event described = as;
    for (Map.Entry<String, Object> field : facts.fields().entrySet()) {
      described = described.with(field.getKey(), field.getValue());
    }
    return described;
  }

  /** As {@link #again}, without what is true only while it lasts. */
  public static Event ofEnd(Event facts, Event as) {
    Event described = as;
    for (Map.Entry<String, Object> field : facts.fields().entrySet()) {
      if (!PASSING.contains(field.getKey())) {
        described = described.with(field.getKey(), field.getValue());
      }
    }
    return described;
  }

  /** The same without secrets in its texts. Names stay: they tell what the event is about. */
  static Event masked(Event event, UnaryOperator<String> hide) {
    Event masked = event;
    for (String name : TEXTS) {
      Object text = event.fields().get(name);
      if (text instanceof String one) {
        String shown = hide.apply(one);
        masked = shown.equals(one) ? masked : masked.with(name, shown);
      } else if (text instanceof List<?> several) {
        masked = masked.with(name, several.stream().map(each -> hide.apply("" + each)).toList());
      }
    }
    return masked;
  }

  /** What became of an apply. */
  public static String resultOf(Outcome outcome) {
    return switch (outcome) {
      case REMEDIATED, IN_SYNC -> "success";
      case NON_CONVERGENT -> "not_convergent";
      case FAILED -> "failure";
      case UNKNOWN, CANCELLED, UNREACHABLE, SKIPPED, DRIFTED -> "unknown";
    };
  }

  /** How a task ended. */
  public static Event ofTask(Event event, EndedTask task) {
    return ofTask(event, task, "");
  }

  /**
   * How a task ended, or was found.
   *
   * @param remediationStatus what becomes of its drift; empty if there is none
   */
  public static Event ofTask(Event event, EndedTask task, String remediationStatus) {
    TaskReport report = task.report();
    Event described =
        ofAgent(event, task.agent())
            .with("task", report.task())
            .with("policy", report.policy().toString());
    if (!remediationStatus.isEmpty()) {
      described = described.with("remediation_status", remediationStatus);
    }
    if (report.cause().isPresent()) {
      described = described.with("cause", report.cause().get().name());
    }
    if (!report.reason().isEmpty()) {
      described = described.with("message", report.reason());
    }
    if (!report.remark().isEmpty()) {
      described = described.with("remark", report.remark());
    }
    described = described.with("revision", report.revision()).with("cycle", task.cycle());
    if (!report.run().isEmpty()) {
      described = described.with("run", report.run());
    }
    described = described.with("steps", report.steps().stream().map(EventFields::ofStep).toList());
    return ofRequest(described, task.request());
  }

  /** Who asked for a manual run, and why. */
  public static Event ofRun(Event event, ManualRun run) {
    return ofRequest(event, new CycleReport.Request(run.actor(), run.reason(), run.onBehalfOf()));
  }

  private static Event ofRequest(Event event, CycleReport.Request request) {
    if (request.equals(CycleReport.Request.NONE)) {
      return event;
    }
    Event described = event.with("actor", request.actor());
    if (!request.onBehalfOf().isEmpty()) {
      described = described.with("on_behalf_of", request.onBehalfOf());
    }
    return request.reason().isEmpty() ? described : described.with("reason", request.reason());
  }

  /** An agent's name and labels. */
  public static Event ofAgent(Event event, Agent agent) {
    Map<String, Object> fields = new LinkedHashMap<>(); // in this order, also after a restart
    fields.put("name", agent.name());
    fields.put("labels", agent.labels());
    return event.with("agent", fields);
  }

  private static Map<String, Object> ofStep(StepReport step) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", step.step());
    fields.put("outcome", step.outcome().name());
    if (!step.differences().isEmpty()) {
      fields.put("differences", step.differences().stream().map(EventFields::linesOf).toList());
    }
    if (!step.message().isEmpty()) {
      fields.put("message", step.message());
    }
    if (!step.output().isEmpty()) {
      fields.put("output", step.output());
    }
    return fields;
  }

  private static String linesOf(Difference difference) {
    List<String> lines = new ArrayList<>(List.of(difference.toString()));
    lines.addAll(difference.lines());
    return String.join("\n", lines);
  }

  /** What a source gave, and why it is not taken; of many errors the first 100. */
  public static Event ofRefusal(Event event, String source, String revision, List<String> errors) {
    List<String> first = new ArrayList<>(errors.subList(0, Math.min(MOST_ERRORS, errors.size())));
    if (errors.size() > MOST_ERRORS) {
      first.add("and %,d more; the status has them".formatted(errors.size() - MOST_ERRORS));
    }
    return event.with("source", source).with("revision", revision).with("errors", first);
  }

  /** What a source gave. */
  public static Event ofRevision(
      Event event, String source, @Nullable Revision before, Revision revision) {
    Event described = event.with("source", source).with("revision", revision.id());
    described = before == null ? described : described.with("previous", before.id());
    described = described.with("tasks", revision.manifest().tasks().size());
    if (!revision.author().isEmpty()) {
      described = described.with("author", Printable.of(revision.author()));
    }
    if (!revision.subject().isEmpty()) {
      described = described.with("subject", Printable.of(revision.subject()));
    }
    return revision.remarks().isEmpty()
        ? described
        : described.with("remarks", revision.remarks().stream().map(Printable::of).toList());
  }
}
