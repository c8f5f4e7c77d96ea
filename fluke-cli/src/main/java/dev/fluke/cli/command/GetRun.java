package dev.fluke.cli.command;

import dev.fluke.text.Printable;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke get run ID}: shows the result of a run, and what its failed applies printed. */
record GetRun(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "run", "Shows a run: its result, and what its failed applies printed.", this::run);
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ID")
            .arity("1")
            .index("0")
            .type(String.class)
            .description("Id of the run, from a report, an event, the log or 'get drift'.")
            .build());
    spec.addOption(Options.text("--agent", "NAME", "Only outputs of this agent."));
    return DaemonClient.options(spec);
  }

  private int run(ParseResult line) throws Exception {
    Output output = Output.of(terminal, line);
    String agent = line.matchedOptionValue("--agent", "");
    String target =
        "/v1/runs/"
            + DisplayText.encoded(line.matchedPositionalValue(0, ""))
            + (agent.isEmpty() ? "" : "?agent=" + DisplayText.encoded(agent));
    return new DaemonClient(terminal)
        .connect(
            line,
            client -> {
              Map<String, Object> run = DaemonClient.success(client.get(target)).body();
              output.print(run, to -> print(to, run));
              return ExitStatus.DONE;
            });
  }

  /** Prints a response for people. */
  static void print(Terminal to, Map<String, Object> run) {
    if (!Boolean.TRUE.equals(run.get("done"))) {
      to.out().println("run " + Printable.of(ApiJson.text(run, "id")) + " has not ended");
    }
    Map<String, Object> report = ApiJson.one(run, "report");
    if (!report.isEmpty()) {
      GetTables.report(ApiJson.all(report, "tasks"), false).print(to);
      DisplayText.notes(to, report);
    }
    Map<String, Object> plan = ApiJson.one(run, "plan");
    if (!plan.isEmpty()) {
      GetTables.plan(ApiJson.all(plan, "tasks")).print(to);
      DisplayText.differences(to, ApiJson.all(plan, "tasks"));
      DisplayText.notes(to, plan);
    }
    boolean isFirst = report.isEmpty() && plan.isEmpty();
    for (Map<String, Object> output : ApiJson.all(run, "outputs")) {
      if (!isFirst) {
        to.out().println();
      }
      isFirst = false;
      printOutput(to, output);
    }
    String more = ApiJson.text(run, "more_outputs");
    if (!more.isEmpty()) {
      DisplayText.note(to, more + " more failed applies; --agent NAME shows those of one agent");
    }
  }

  private static void printOutput(Terminal to, Map<String, Object> output) {
    to.out()
        .println(
            "%s: %s at %s"
                .formatted(
                    DisplayText.stepOf(output, output),
                    Printable.of(ApiJson.text(output, "outcome")),
                    Printable.of(DisplayText.seconds(ApiJson.text(output, "ended_at")))));
    String message = ApiJson.text(output, "message");
    if (!message.isEmpty()) {
      to.out().println("  " + Printable.of(message));
    }
    boolean silent = true;
    for (String stream : List.of("stdout", "stderr")) {
      String text = ApiJson.text(output, stream);
      if (!text.isEmpty()) {
        silent = false;
        to.out().println(stream + ":");
        DisplayText.indented(to, text);
      }
    }
    if (silent) {
      to.out().println("  its commands printed nothing");
    }
  }
}
