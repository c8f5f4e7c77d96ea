package dev.fluke.cli.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.request.Scope;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
  void readsTheSelector() {
    assertThat(of("{'selector':{'role':'web'}}").scope()).hasToString("agents where role is web");
    assertThat(of("{'task':'t','selector':{'role':'web','env':'a b'}}").scope())
        .hasToString("task t on agents where role is web and env is a b");
  }

  @Test
  void readsOnBehalfOfAndReason() {
    assertThat(of("{'all':true}").onBehalfOf()).isEmpty();
    RunRequest request = of("{'task':'t','force':true,'on_behalf_of':'an\\u001bn','reason':'x'}");

    assertThat(request.onBehalfOf()).isEqualTo("an\\u001bn");
    assertThat(request.reason()).isEqualTo("x");
    assertThat(request.force()).isTrue();
    assertThat(request.manualRun("ci", Scope.agent("a")).actor()).isEqualTo("ci");
    assertThat(request.manualRun("ci", Scope.agent("a")).onBehalfOf()).isEqualTo("an\\u001bn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]                        | the body is not a JSON object in UTF-8 with unique keys",
        "{'task':null,'all':true}  | 'task' must be a text of at most 500 characters",
        "{'all':null}              | 'all' must be true or false",
        "{'selector':null}         | 'selector' must be an object with labels",
        "{}                        | set some of 'task', 'agent', 'selector', or only 'all': true",
        "{'all':true,'task':'t'}   | set some of 'task', 'agent', 'selector', or only 'all': true",
        "{'all':'true'}            | 'all' must be true or false",
        "{'all':true,'selector':{'a':'b'}} | set some of 'task', 'agent', 'selector', or only 'all': true",
        "{'selector':{}}           | 'selector' must be an object with labels",
        "{'selector':'role=web'}   | 'selector' must be an object with labels",
        "{'selector':{'role':7}}   | 'selector' must have texts as values, as in {\"role\": \"web\"}",
        "{'task':7}                | 'task' must be a text of at most 500 characters",
        "{'scope':'t','all':true}  | unknown key [scope]; known: task, agent, selector, all, force, on_behalf_of, reason",
        "{'actor':'ann','all':true} | 'actor' is the name of the credential; set 'on_behalf_of' to say for whom you ask"
      })
  void rejectsOtherBodies(String body, String message) {
    assertThatThrownBy(() -> of(body)).isInstanceOf(ApiException.class).hasMessage(message);
  }

  @Test
  void rejectsBodiesThatMeanMuchWithAShortMessage() {
    String keys =
        IntStream.range(0, 50_000).mapToObj("'k%d':'v',"::formatted).collect(Collectors.joining());
    for (String body :
        List.of(
            "{'selector':{" + keys + "'k':'v'}}",
            "{" + keys + "'all':true}",
            "{'selector':" + "{'a':".repeat(200_000),
            "{'all':" + "[".repeat(1_000_000),
            "{'all':" + "9".repeat(1_000_000) + "}",
            "{'task':'" + "t".repeat(1_000_000) + "'}")) {
      assertThatThrownBy(() -> of(body))
          .isInstanceOfSatisfying(
              ApiException.class, e -> assertThat(e.getMessage()).hasSizeLessThan(700));
    }
    assertThatThrownBy(() -> of("{'selector':{" + keys + "'k':'v'}}"))
        .hasMessage("a selector has 101 conditions, at most 100 are allowed");
  }

  @Test
  void rejectsForceForAll() {
    for (String scope : List.of("'all':true", "'selector':{'role':'web'}")) {
      RunRequest request = of("{" + scope + ",'force':true}");

      assertThatThrownBy(() -> request.manualRun("ci", request.scope()))
          .hasMessage("'force' requires a task or an agent");
    }
  }

  @Test
  void limitsTheLengthOfTexts() {
    assertThat(of("{'task':'" + "t".repeat(100) + "','reason':'" + "r".repeat(500) + "'}").reason())
        .hasSize(500);
    assertThatThrownBy(() -> of("{'all':true,'reason':'" + "r".repeat(501) + "'}"))
        .hasMessage("'reason' must be a text of at most 500 characters");
  }
}
