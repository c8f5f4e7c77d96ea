package dev.fluke.cli.audit;

import dev.fluke.cli.audit.AuditTrail.Entry;
import dev.fluke.command.Mask;
import dev.fluke.report.CycleReport;
import dev.fluke.report.Outcome;
import dev.fluke.text.Json;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The lines of the audit file: a JSON object each, whose keys with empty values are omitted. No
 * text has a secret of the config in it, or a character that could break a line or hide.
 */
final class AuditLines {
  /** Agents, and tasks, that a line names; it counts all of them. */
  private static final int MOST_NAMES = 1_000;

  private static final int MOST_TEXT = 500;

  private final Scheduler scheduler;
  private final Mask mask;

  AuditLines(Scheduler scheduler, Mask mask) {
    this.scheduler = scheduler;
    this.mask = mask;
  }

  /** A request that was accepted or refused. */
  String responded(Entry entry) {
    boolean refused = entry.status() >= 400;
    Map<String, Object> line = request(refused ? "refused" : "accepted", entry);
    if (refused) {
      line.put("status", entry.status());
    }
    return line(line);
  }

  /** A manual run that ended. */
  String ended(Entry entry, CycleReport report) {
    Map<String, Object> line = request("ended", entry);
    line.put("succeeded", report.succeeded());
    line.put("complete", report.isComplete());
    Map<Outcome, Integer> outcomes = new TreeMap<>();
    report.tasks().forEach(task -> outcomes.merge(task.outcome(), 1, Integer::sum));
    line.put("outcomes", outcomes);
    line.put(
        "tasks",
        report.tasks().stream()
            .limit(MOST_NAMES)
            .map(
                task ->
                    Map.of("agent", task.agent(), "task", task.task(), "outcome", task.outcome()))
            .toList());
    return line(line);
  }

  /** A manual run that ended without a report. */
  String failed(Entry entry, String reason) {
    Map<String, Object> line = request("failed", entry);
    put(line, "message", reason);
    return line(line);
  }

  /** Refusals that have no line of their own. */
  String rest(FloodLimit.Rest rest) {
    Map<String, Object> line = begun("refused");
    line.put("more", rest.messages());
    line.put("senders", rest.from());
    put(line, "most", rest.most());
    return line(line);
  }

  /** The file can be written again. */
  String resumed(AuditWriter.Gap gap) {
    Map<String, Object> line = begun("resumed");
    line.put("since", gap.since());
    put(line, "message", "could not be written: " + gap.error());
    line.put("lost", gap.lost());
    return line(line);
  }

  private Map<String, Object> request(String outcome, Entry entry) {
    Map<String, Object> line = begun(outcome);
    put(line, "caller", entry.caller());
    put(line, "from", entry.from());
    put(line, "request", entry.method() + " " + entry.path());
    put(line, "run", entry.run());
    entry.act().ifPresent(act -> putAct(line, act));
    return line;
  }

  private void putAct(Map<String, Object> line, AuditTrail.Act act) {
    put(line, "scope", act.scope());
    List<String> agents = act.agents();
    line.put("agents", agents.subList(0, Math.min(MOST_NAMES, agents.size())));
    if (agents.size() > MOST_NAMES) {
      line.put("agents_in_all", agents.size());
    }
    if (act.isForced()) {
      line.put("force", true);
    }
    put(line, "on_behalf_of", act.onBehalfOf());
    put(line, "reason", act.reason());
  }

  private Map<String, Object> begun(String outcome) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", scheduler.now());
    line.put("outcome", outcome);
    return line;
  }

  private void put(Map<String, Object> line, String key, String text) {
    if (!text.isEmpty()) {
      line.put(key, Printable.of(Printable.shortened(mask.hide(text), MOST_TEXT)));
    }
  }

  private static String line(Map<String, Object> line) {
    return Json.write(line) + "\n";
  }
}
