package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.text.Json;
import org.junit.jupiter.api.Test;

class GetRunTest {
  private static final String OUTPUT =
      "{'agent':'web-01','task':'nginx','step':'install','outcome':'FAILED',"
          + "'message':'exit status 100','ended_at':'2025-03-13T14:22:01.5Z'%s}";

  private static String printed(String json) {
    CapturedTerminal terminal = CapturedTerminal.create();
    GetRun.print(terminal.terminal(), Json.readObject(json.replace('\'', '"')));
    return terminal.out();
  }

  @Test
  void showsWhatFailedAppliesPrinted() {
    String streams = ",'stdout':'Reading lists\\n\\u001b[31mred\\n','stderr':'E: no network\\n'";

    assertThat(printed("{'id':'m-7','done':true,'outputs':[" + OUTPUT.formatted(streams) + "]}"))
        .isEqualTo(
            """
            step 'install' of task 'nginx' on web-01: FAILED at 2025-03-13T14:22:01Z
              exit status 100
            stdout:
              Reading lists
              \\u001b[31mred
            stderr:
              E: no network
            """);
  }

  @Test
  void showsTheReportOfAManualRunFirst() {
    String task = "{'agent':'web-01','task':'nginx','outcome':'FAILED','reason':'no','steps':[]}";

    assertThat(
            printed(
                "{'id':'3','done':true,'report':{'tasks':["
                    + task
                    + "],'notes':[]},"
                    + "'outputs':["
                    + OUTPUT.formatted("")
                    + "],'more_outputs':2}"))
        .isEqualTo(
            """
            AGENT   TASK   OUTCOME  CAUSE  REASON
            web-01  nginx  FAILED          no

            step 'install' of task 'nginx' on web-01: FAILED at 2025-03-13T14:22:01Z
              exit status 100
              its commands printed nothing
            note: 2 more failed applies; --agent NAME shows those of one agent
            """);
  }

  @Test
  void saysThatARunHasNotEnded() {
    assertThat(printed("{'id':'3','done':false}")).isEqualTo("run 3 has not ended\n");
  }
}
