package dev.fluke.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.Difference;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.PlannedTask;
import dev.fluke.report.Plan.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PlanTest {

  @Tag("Z05")
  @Test
  void showsTextOfSeveralLinesBelowItsStep() {
    Difference content =
        new Difference("content", "5 bytes", "--- f\n+++ f\n-old\u001b[31m\n+new\n");
    Difference mode = new Difference("mode", "0640", "0644");
    PlannedStep step =
        new PlannedStep("conf", Verdict.WOULD_BE_APPLIED, List.of(content, mode), "");
    PlannedTask task = new PlannedTask("web-01", "app", Optional.empty(), List.of(step));

    assertThat(Plan.of(List.of(task), List.of()))
        .hasToString(
            """
            plan
              app on web-01: conf: would be applied: [content differs: 1 line removed, 1 added, mode should be '0640', is '0644']
                  --- f
                  +++ f
                  -old\\u001b[31m
                  +new\
            """);
  }
}
