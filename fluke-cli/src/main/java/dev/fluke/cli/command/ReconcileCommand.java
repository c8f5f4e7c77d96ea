package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code fluke reconcile}: applies by hand, whatever the drift policy says. */
record ReconcileCommand(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "reconcile", "Applies what has drifted, whatever its drift policy says.", this::run);
    spec.addOption(Options.flag("--force", "Applies what is in sync, too; not with 'all'."))
        .addOption(Options.text("--reason", "TEXT", "Why; stands in events and alerts."))
        .addOption(Options.flag("--wait", "Waits for the end, and tells it."));
    return DaemonClient.standalone(ScopeWords.positional(spec));
  }

  private int run(ParseResult line) throws Exception {
    Map<String, Object> body = ScopeWords.of(line, List.of());
    boolean force = line.matchedOptionValue("--force", false);
    if (force && body.containsKey("all")) {
      throw new ParameterException(
          line.commandSpec().commandLine(), "--force needs a task or an agent, not all");
    }
    body.put("force", force);
    body.put("reason", line.matchedOptionValue("--reason", ""));
    body.put("actor", terminal.environment().getOrDefault("USER", System.getProperty("user.name")));
    Output output = Output.of(terminal, line);
    boolean wait =
        line.matchedOptionValue("--wait", false) || line.matchedOptionValue("--standalone", false);
    return new DaemonClient(terminal)
        .talk(line, caller -> wait ? ended(caller, body, output) : begun(caller, body, output));
  }

  private int begun(ApiClient caller, Map<String, Object> body, Output output) throws Exception {
    Map<String, Object> run = DaemonClient.good(caller.post("/v1/reconcile", body)).body();
    if (run.containsKey("report")) {
      return told(caller, ApiJson.one(run, "report"), output);
    }
    output.print(
        run, to -> to.out().println("begun: run " + ApiJson.text(run, "id") + "; --wait waits"));
    return ExitStatus.DONE;
  }

  private int ended(ApiClient caller, Map<String, Object> body, Output output) throws Exception {
    Map<String, Object> begun = DaemonClient.good(caller.post("/v1/reconcile", body)).body();
    return told(caller, ApiJson.one(new RunWaiter(terminal).end(caller, begun), "report"), output);
  }

  private int told(ApiClient caller, Map<String, Object> report, Output output) throws Exception {
    return SourceHealth.status(tell(report, output), report, caller);
  }

  private int tell(Map<String, Object> report, Output output) {
    List<Map<String, Object>> tasks = ApiJson.all(report, "tasks");
    output.print(
        report,
        to -> {
          Table table = Table.of("AGENT", "TASK", "OUTCOME", "CAUSE", "REASON");
          for (Map<String, Object> task : tasks) {
            table.row(
                ApiJson.text(task, "agent"),
                ApiJson.text(task, "task"),
                ApiJson.text(task, "outcome"),
                ApiJson.text(task, "cause"),
                ApiJson.text(task, "reason"));
          }
          table.print(to);
          DisplayText.notes(to, report);
        });
    return ApiJson.status(tasks);
  }
}
