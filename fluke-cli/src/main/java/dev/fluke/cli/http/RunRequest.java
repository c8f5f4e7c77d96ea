package dev.fluke.cli.http;

import dev.fluke.agent.Selector;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.text.Printable;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The body of a request for a plan or a manual run.
 *
 * @param scope the tasks and agents to cover
 * @param force whether steps in sync are applied too
 * @param onBehalfOf the person or system that the caller names as the origin; may be empty
 * @param reason the reason; may be empty
 */
record RunRequest(Scope scope, boolean force, String onBehalfOf, String reason) {
  private static final List<String> KEYS =
      List.of("task", "agent", "selector", "all", "force", "on_behalf_of", "reason");
  private static final int MAX_LENGTH = 500;

  static RunRequest of(ApiRequest request) {
    Map<String, Object> body = JsonBody.of(request);
    if (body.containsKey("actor")) {
      throw new ApiException(
          400, "'actor' is the name of the credential; set 'on_behalf_of' to say for whom you ask");
    }
    TreeSet<String> unknown = new TreeSet<>(body.keySet());
    unknown.removeAll(KEYS);
    if (!unknown.isEmpty()) {
      throw new ApiException(
          400,
          "unknown key %s; known: %s"
              .formatted(
                  Printable.shortened(unknown.toString(), MAX_LENGTH), String.join(", ", KEYS)));
    }
    return new RunRequest(
        scope(body), flag(body, "force"), text(body, "on_behalf_of"), text(body, "reason"));
  }

  /**
   * The manual run of this actor that the request describes, of a scope within that of the request.
   */
  ManualRun manualRun(String actor, Scope within) {
    ManualRun run = ManualRun.of(within).by(actor).onBehalfOf(onBehalfOf).because(reason);
    try {
      return force ? run.force() : run;
    } catch (IllegalStateException e) {
      throw new ApiException(400, "'force' requires a task or an agent");
    }
  }

  private static Scope scope(Map<String, Object> body) {
    String task = text(body, "task");
    String agent = text(body, "agent");
    Map<?, ?> labels = object(body, "selector");
    if (flag(body, "all") != (task.isEmpty() && agent.isEmpty() && labels.isEmpty())) {
      throw new ApiException(400, "set some of 'task', 'agent', 'selector', or only 'all': true");
    }
    try {
      Scope scope = task.isEmpty() ? Scope.all() : Scope.task(task);
      scope = agent.isEmpty() ? scope : scope.on(agent);
      for (Map.Entry<?, ?> label : labels.entrySet()) {
        scope = scope.on(matching(label));
      }
      return scope;
    } catch (IllegalArgumentException e) {
      throw new ApiException(400, String.valueOf(e.getMessage()));
    }
  }

  private static String text(Map<String, Object> body, String key) {
    Object value = body.getOrDefault(key, "");
    if (value instanceof String text && text.length() <= MAX_LENGTH) {
      return Printable.of(text);
    }
    throw new ApiException(400, "'" + key + "' must be a text of at most 500 characters");
  }

  private static Selector matching(Map.Entry<?, ?> label) {
    if (label.getKey() instanceof String key && label.getValue() instanceof String value) {
      return Selector.label(key).is(value);
    }
    throw new ApiException(400, "'selector' must have texts as values, as in {\"role\": \"web\"}");
  }

  private static Map<?, ?> object(Map<String, Object> body, String key) {
    if (!body.containsKey(key)) {
      return Map.of();
    }
    if (body.get(key) instanceof Map<?, ?> labels && !labels.isEmpty()) {
      return labels;
    }
    throw new ApiException(400, "'" + key + "' must be an object with labels");
  }

  private static boolean flag(Map<String, Object> body, String key) {
    if (body.getOrDefault(key, false) instanceof Boolean flag) {
      return flag;
    }
    throw new ApiException(400, "'" + key + "' must be true or false");
  }
}
