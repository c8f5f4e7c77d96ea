package dev.fluke.cli.command;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke plan}: shows what a reconcile would apply. */
record PlanCommand(Terminal terminal) {

  CommandSpec spec() {
    return DaemonClient.standalone(
        ScopeWords.positional(
            Action.command(
                "plan", "Runs the checks and shows what a reconcile would apply.", this::run)));
  }

  private int run(ParseResult line) throws Exception {
    Map<String, Object> body = ScopeWords.of(line, List.of("all"));
    Output output = Output.of(terminal, line);
    return new DaemonClient(terminal)
        .connect(
            line,
            client -> {
              Map<String, Object> started =
                  DaemonClient.success(client.post("/v1/plan", body)).body();
              Map<String, Object> plan =
                  ApiJson.one(new RunWaiter(terminal).end(client, started), "plan");
              return SourceHealth.status(print(plan, output), plan, client);
            });
  }

  private int print(Map<String, Object> plan, Output output) {
    List<Map<String, Object>> tasks = ApiJson.all(plan, "tasks");
    output.print(
        plan,
        to -> {
          GetTables.plan(tasks).print(to);
          DisplayText.differences(to, tasks);
          DisplayText.notes(to, plan);
        });
    return ApiJson.status(tasks);
  }
}
