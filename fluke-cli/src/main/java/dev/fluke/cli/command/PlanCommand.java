package dev.fluke.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke plan}: what a reconcile would do. */
record PlanCommand(Terminal terminal) {

  CommandSpec spec() {
    return Daemons.standalone(
        ScopeWords.positional(
            Action.command(
                "plan", "Runs the checks, and says what a reconcile would apply.", this::run)));
  }

  private int run(ParseResult line) throws Exception {
    Map<String, Object> body = ScopeWords.of(line, List.of("all"));
    Output output = Output.of(terminal, line);
    return new Daemons(terminal)
        .talk(
            line,
            caller -> {
              Map<String, Object> begun = Daemons.good(caller.post("/v1/plan", body)).body();
              Map<String, Object> plan =
                  Answers.one(new Waiting(terminal).end(caller, begun), "plan");
              return KnownSources.status(tell(plan, output), plan, caller);
            });
  }

  private int tell(Map<String, Object> plan, Output output) {
    List<Map<String, Object>> tasks = Answers.all(plan, "tasks");
    output.print(
        plan,
        to -> {
          Table table = Table.of("AGENT", "TASK", "STEP", "VERDICT", "WHY");
          for (Map<String, Object> task : tasks) {
            for (Map<String, Object> step : Answers.all(task, "steps")) {
              table.row(
                  Answers.text(task, "agent"),
                  Answers.text(task, "task"),
                  Answers.text(step, "step"),
                  Answers.text(step, "verdict").toLowerCase(Locale.ROOT).replace('_', ' '),
                  Answers.differences(step));
            }
          }
          table.print(to);
          Words.notes(to, plan);
        });
    return Answers.status(tasks);
  }
}
