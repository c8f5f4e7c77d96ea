package dev.fluke.cli.http;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The body of a request for a plan or a manual run.
 *
 * @param scope the tasks and agents to cover
 * @param force whether steps in sync are applied too
 * @param actor the name of the requester
 * @param reason the reason; may be empty
 */
record RunRequest(Scope scope, boolean force, String actor, String reason) {
  private static final List<String> KEYS =
      List.of("task", "agent", "all", "force", "actor", "reason");
  private static final int MAX_LENGTH = 500;

  static RunRequest of(ApiRequest request) {
    Map<String, Object> body = json(request);
    TreeSet<String> unknown = new TreeSet<>(body.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new ApiException(400, "unknown key " + unknown + "; known: " + String.join(", ", KEYS));
    }
    String actor = text(body, "actor");
    return new RunRequest(
        scope(text(body, "task"), text(body, "agent"), flag(body, "all")),
        flag(body, "force"),
        actor.isEmpty() ? "api" : actor,
        text(body, "reason"));
  }

  /** The manual run that the request describes. */
  ManualRun manualRun() {
    ManualRun run = ManualRun.of(scope).by(actor).because(reason);
    try {
      return force ? run.force() : run;
    } catch (IllegalStateException e) {
      throw new ApiException(400, "'force' requires a task or an agent, not all");
    }
  }

  private static Scope scope(String task, String agent, boolean all) {
    if (all != (task.isEmpty() && agent.isEmpty())) {
      throw new ApiException(400, "set 'task', 'agent', both, or 'all': true");
    }
    try {
      Scope scope = task.isEmpty() ? Scope.all() : Scope.task(task);
      return agent.isEmpty() ? scope : scope.on(agent);
    } catch (IllegalArgumentException e) {
      throw new ApiException(400, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> json(ApiRequest request) {
    String type = request.header("Content-Type").orElse("");
    if (!type.replaceFirst(";.*", "").strip().equalsIgnoreCase("application/json")) {
      throw new ApiException(415, "the body must be JSON, with Content-Type: application/json");
    }
    try {
      return JSON.std.mapFrom(request.body());
    } catch (IOException | RuntimeException e) {
      throw new ApiException(400, "the body is not a JSON object");
    }
  }

  private static String text(Map<String, Object> body, String key) {
    Object value = body.getOrDefault(key, "");
    if (value instanceof String text && text.length() <= MAX_LENGTH) {
      return Printable.of(text);
    }
    throw new ApiException(400, "'" + key + "' must be a text of at most 500 characters");
  }

  private static boolean flag(Map<String, Object> body, String key) {
    if (body.getOrDefault(key, false) instanceof Boolean flag) {
      return flag;
    }
    throw new ApiException(400, "'" + key + "' must be true or false");
  }
}
