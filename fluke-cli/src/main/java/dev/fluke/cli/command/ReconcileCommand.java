package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.InProcessClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code fluke reconcile}: applies drifted tasks, whatever their drift policy. */
record ReconcileCommand(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "reconcile", "Applies drifted tasks, whatever their drift policy.", this::run);
    spec.addOption(
            Options.flag(
                "--force", "Also applies steps that are in sync; requires a task or an agent."))
        .addOption(Options.text("--reason", "TEXT", "Reason, for events and alerts."))
        .addOption(Options.flag("--wait", "Waits for the end and prints the result."));
    return DaemonClient.standalone(ScopeWords.positional(spec));
  }

  private int run(ParseResult line) throws Exception {
    Map<String, Object> body = ScopeWords.of(line, List.of());
    boolean force = line.matchedOptionValue("--force", false);
    if (force && !body.containsKey("task") && !body.containsKey("agent")) {
      throw new ParameterException(
          line.commandSpec().commandLine(), "--force requires a task or an agent");
    }
    body.put("force", force);
    body.put("reason", line.matchedOptionValue("--reason", ""));
    Output output = Output.of(terminal, line);
    boolean standalone = line.matchedOptionValue("--standalone", false);
    body.put("on_behalf_of", new DaemonClient(terminal).onBehalfOf(line));
    boolean wait = line.matchedOptionValue("--wait", false) || standalone;
    return new DaemonClient(terminal)
        .connect(
            line, client -> wait ? runToEnd(client, body, output) : start(client, body, output));
  }

  private int start(ApiClient client, Map<String, Object> body, Output output) throws Exception {
    Map<String, Object> run = DaemonClient.success(client.post("/v1/reconcile", body)).body();
    if (run.containsKey("report")) {
      return printWithStatus(client, ApiJson.one(run, "report"), output);
    }
    output.print(
        run,
        to ->
            to.out()
                .println(
                    "started: run "
                        + ApiJson.text(run, "id")
                        + "; use --wait to wait for its end"));
    return ExitStatus.DONE;
  }

  private int runToEnd(ApiClient client, Map<String, Object> body, Output output) throws Exception {
    Map<String, Object> started = DaemonClient.success(client.post("/v1/reconcile", body)).body();
    return printWithStatus(
        client, ApiJson.one(new RunWaiter(terminal).end(client, started), "report"), output);
  }

  private int printWithStatus(ApiClient client, Map<String, Object> report, Output output)
      throws Exception {
    boolean hasDaemon = !(client instanceof InProcessClient);
    return SourceHealth.status(print(report, output, hasDaemon), report, client);
  }

  private int print(Map<String, Object> report, Output output, boolean hasDaemon) {
    List<Map<String, Object>> tasks = ApiJson.all(report, "tasks");
    output.print(
        report,
        to -> {
          GetTables.report(tasks, hasDaemon).print(to);
          DisplayText.differences(to, tasks);
          DisplayText.outputs(to, tasks);
          DisplayText.notes(to, report);
        });
    return ApiJson.status(tasks);
  }
}
