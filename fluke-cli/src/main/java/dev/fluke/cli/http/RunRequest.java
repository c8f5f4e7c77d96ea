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
 * What the body of a plan or a manual run says.
 *
 * @param scope what is covered
 * @param force whether steps in sync are applied, too
 * @param actor who asks
 * @param reason why
 */
record RunRequest(Scope scope, boolean force, String actor, String reason) {
  private static final List<String> KEYS =
      List.of("task", "agent", "all", "force", "actor", "reason");
  private static final int LONGEST = 500;

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

  ManualRun run() {
    ManualRun run = ManualRun.of(scope).by(actor).because(reason);
    try {
      return force ? run.force() : run;
    } catch (IllegalStateException e) {
      throw new ApiException(400, "'force' needs a task or an agent, not all");
    }
  }

  private static Scope scope(String task, String agent, boolean all) {
    if (all != (task.isEmpty() && agent.isEmpty())) {
      throw new ApiException(400, "say 'task', 'agent', both, or 'all': true");
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
      throw new ApiException(415, "the body must be JSON; say so with Content-Type");
    }
    try {
      return JSON.std.mapFrom(request.body());
    } catch (IOException | RuntimeException e) {
      throw new ApiException(400, "the body is no JSON object");
    }
  }

  private static String text(Map<String, Object> body, String key) {
    Object value = body.getOrDefault(key, "");
    if (value instanceof String text && text.length() <= LONGEST) {
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
