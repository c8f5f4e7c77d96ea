package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.client.ApiReply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceHealthTest {
  private static final Map<String, Object> GOOD = Map.of("name", "infra", "revision", "a1");
  private static final Map<String, Object> AWAY =
      Map.of("name", "infra", "last_error", "no route to host");
  private static final Map<String, Object> BROKEN =
      Map.of("name", "infra", "last_error", "refused", "errors", List.of("a.yaml:1:1: wrong"));

  private static SourceHealth of(Map<String, Object> source) throws Exception {
    return SourceHealth.of(status(source));
  }

  private static ScriptedClient status(Map<String, Object> source) {
    return ScriptedClient.replying(new ApiReply(200, Map.of("sources", List.of(source))));
  }

  @ParameterizedTest
  @CsvSource({"0", "2", "3", "4"})
  void keepsTheStatusIfEverySourceHasARevision(int status) throws Exception {
    assertThat(of(GOOD).status(status)).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"0, 3, 65", "2, 3, 65", "3, 3, 3", "4, 3, 65"})
  void countsSourcesWithoutARevision(int status, int unavailable, int invalid) throws Exception {
    assertThat(of(AWAY).status(status)).isEqualTo(unavailable);
    assertThat(of(BROKEN).status(status)).isEqualTo(invalid);
  }

  @Test
  void asksForTheSourcesOnlyIfAResultIsIncomplete() throws Exception {
    Map<String, Object> incomplete = Map.of("complete", false);

    assertThat(SourceHealth.status(2, Map.of(), ScriptedClient.replying())).isEqualTo(2);
    assertThat(SourceHealth.status(3, incomplete, ScriptedClient.replying())).isEqualTo(3);
    assertThat(SourceHealth.status(0, incomplete, status(BROKEN))).isEqualTo(65);
    assertThat(SourceHealth.status(0, incomplete, status(AWAY))).isEqualTo(3);
  }

  private static String notes(Map<String, Object> source) throws Exception {
    CapturedTerminal captured = CapturedTerminal.create();
    of(source).printNotes(captured.terminal());
    return captured.out();
  }

  @Test
  void printsTheProblemsOfSources() throws Exception {
    assertThat(notes(GOOD)).isEmpty();
    assertThat(notes(AWAY)).isEqualTo("note: infra: no route to host\n");
    assertThat(notes(Map.of("name", "infra"))).isEqualTo("note: infra: has no revision yet\n");
    assertThat(notes(BROKEN)).isEqualTo("note: infra: refused\nnote: a.yaml:1:1: wrong\n");
  }

  @Test
  void printsAtMostTenErrors() throws Exception {
    Map<String, Object> many = Map.of("name", "infra", "errors", Collections.nCopies(12, "e"));

    assertThat(notes(many).lines()).hasSize(12).last().isEqualTo("note: and 2 more errors");
  }

  @Test
  void failsIfTheStatusIsRefused() {
    ScriptedClient refusing = ScriptedClient.replying(new ApiReply(401, Map.of("error", "no")));

    assertThatThrownBy(() -> SourceHealth.of(refusing)).hasMessage("no; set FLUKE_TOKEN");
  }
}
