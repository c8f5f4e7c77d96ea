package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRequestTest {
  private static ApiRequest post(String type, String body) {
    return new ApiRequest(
        "POST",
        "/v1/plan",
        "",
        Map.of("content-type", List.of(type)),
        body.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private static RunRequest of(String body) {
    return RunRequest.of(post("application/json; charset=utf-8", body));
  }

  @Test
  void readsTheScope() {
    assertThat(of("{'all':true}").scope()).hasToString("all");
    assertThat(of("{'task':'t'}").scope()).hasToString("task t");
    assertThat(of("{'agent':'a'}").scope()).hasToString("agent a");
    assertThat(of("{'task':'t','agent':'a'}").scope()).hasToString("task t on a");
  }

  @Test
  void readsActorAndReason() {
    assertThat(of("{'all':true}").actor()).isEqualTo("api");
    RunRequest request = of("{'task':'t','force':true,'actor':'an\\u001bn','reason':'x'}");

    assertThat(request.actor()).isEqualTo("an\\u001bn");
    assertThat(request.reason()).isEqualTo("x");
    assertThat(request.force()).isTrue();
    assertThat(request.manualRun()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                        | the body is not a JSON object",
        "{                         | the body is not a JSON object",
        "{}                        | set 'task', 'agent', both, or 'all': true",
        "{'all':true,'task':'t'}   | set 'task', 'agent', both, or 'all': true",
        "{'all':'true'}            | 'all' must be true or false",
        "{'task':7}                | 'task' must be a text of at most 500 characters",
        "{'scope':'t','all':true}  | unknown key [scope]; known: task, agent, all, force, actor, reason"
      })
  void rejectsOtherBodies(String body, String message) {
    assertThatThrownBy(() -> of(body)).isInstanceOf(ApiException.class).hasMessage(message);
  }

  @Test
  void rejectsForceForAll() {
    RunRequest request = of("{'all':true,'force':true}");

    assertThatThrownBy(request::manualRun)
        .hasMessage("'force' requires a task or an agent, not all");
  }

  @Test
  void limitsTheLengthOfTexts() {
    assertThat(of("{'task':'" + "t".repeat(100) + "','reason':'" + "r".repeat(500) + "'}").reason())
        .hasSize(500);
    assertThatThrownBy(() -> of("{'all':true,'reason':'" + "r".repeat(501) + "'}"))
        .hasMessage("'reason' must be a text of at most 500 characters");
  }

  @ParameterizedTest
  @CsvSource({"text/plain", "''", "application/jsonp", "application/x-www-form-urlencoded"})
  void requiresJson(String type) {
    assertThatThrownBy(() -> RunRequest.of(post(type, "{'all':true}")))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(415))
        .hasMessage("the body must be JSON, with Content-Type: application/json");
  }
}
