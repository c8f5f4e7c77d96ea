package dev.fluke.alert;

import dev.fluke.command.Secret;
import dev.fluke.text.Printable;
import dev.fluke.webhook.WebhookSignature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a webhook posts of an alert: a body, and headers with its signature.
 *
 * @param keys sign it; none leaves it unsigned
 * @param headers of the application, by name in lower case
 * @param json makes the body
 */
record WebhookMessage(
    List<Secret> keys, Map<String, Secret> headers, Function<Alert, String> json) {
  static final WebhookMessage PLAIN = new WebhookMessage(List.of(), Map.of(), Alert::toJson);

  WebhookMessage keys(List<Secret> others) {
    return new WebhookMessage(others, headers, json);
  }

  WebhookMessage header(String name, Secret value) {
    Map<String, Secret> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new WebhookMessage(keys, more, json);
  }

  WebhookMessage json(Function<Alert, String> other) {
    return new WebhookMessage(keys, headers, other);
  }

  /** All headers for an alert whose body is {@code content}. */
  Map<String, String> headersOf(Alert alert, byte[] content) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("content-type", "application/json");
    all.put("user-agent", "fluke");
    headers.forEach((name, value) -> all.put(name, value.reveal()));
    if (!keys.isEmpty()) {
      all.put(WebhookSignature.ID, alert.id());
      all.put(WebhookSignature.TIMESTAMP, String.valueOf(alert.triedAt().getEpochSecond()));
      all.put(WebhookSignature.SIGNATURE, signatures(alert, content));
    }
    return all;
  }

  private String signatures(Alert alert, byte[] content) {
    return keys.stream()
        .map(key -> WebhookSignature.of(key.reveal(), alert.id(), alert.triedAt(), content))
        .collect(Collectors.joining(" "));
  }

  /** The body. An alert that has none is rejected, so that it does not delay the others. */
  String bodyOf(Alert alert) throws AlertRejectedException {
    String problem = "it is null";
    try {
      String body = json.apply(alert);
      if (body != null) {
        return body;
      }
    } catch (RuntimeException e) {
      problem = Printable.lastLineOf(e.getClass().getSimpleName() + ": " + e.getMessage(), 200);
    }
    throw new AlertRejectedException(
        "the JSON for %s can't be made: %s".formatted(alert.event(), problem));
  }
}
