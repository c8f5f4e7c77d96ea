package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code fluke get agents | drift | events | run}. */
record GetCommand(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "get",
            "Lists agents, drift or events, or shows a run.",
            line -> {
              throw new ParameterException(
                  line.commandSpec().commandLine(),
                  "missing subcommand: agents, drift, events or run");
            });
    spec.addSubcommand("agents", one("agents", "Lists all agents with their state.", this::agents));
    spec.addSubcommand(
        "drift",
        one("drift", "Lists what is not as declared; exit status 2 if anything is.", this::drift));
    CommandSpec events = one("events", "Lists the latest events, oldest first.", this::events);
    events
        .addOption(Options.text("--agent", "NAME", "Only events of this agent."))
        .addOption(Options.text("--limit", "N", "Maximum number of events; default: 20."));
    spec.addSubcommand("events", events);
    spec.addSubcommand("run", new GetRun(terminal).spec());
    return spec;
  }

  private static CommandSpec one(String name, String about, Action action) {
    return DaemonClient.options(Action.command(name, about, action));
  }

  /** Prints a response; returns the exit status. */
  private interface Printer {
    int print(Map<String, Object> response, ApiClient client, Output output) throws Exception;
  }

  private int get(ParseResult line, String target, Printer printer) throws Exception {
    Output output = Output.of(terminal, line);
    return new DaemonClient(terminal)
        .connect(
            line,
            client ->
                printer.print(DaemonClient.success(client.get(target)).body(), client, output));
  }

  private int agents(ParseResult line) throws Exception {
    return get(
        line,
        "/v1/agents",
        (response, client, output) -> {
          SourceHealth sources = SourceHealth.of(client);
          output.print(
              response,
              to -> {
                GetTables.agents(ApiJson.all(response, "agents")).print(to);
                sources.printNotes(to);
              });
          return ExitStatus.DONE;
        });
  }

  private int drift(ParseResult line) throws Exception {
    return get(
        line,
        "/v1/drift",
        (response, client, output) -> {
          List<Map<String, Object>> drift = ApiJson.all(response, "drift");
          SourceHealth sources = SourceHealth.of(client);
          output.print(response, to -> printDrift(to, drift, sources));
          return sources.status(ApiJson.status(drift));
        });
  }

  private static void printDrift(
      Terminal to, List<Map<String, Object>> drift, SourceHealth sources) {
    if (!drift.isEmpty()) {
      GetTables.drift(drift).print(to);
    } else if (sources.haveRevisions()) {
      to.out().println("no drift: every checked task is as declared");
    }
    sources.printNotes(to);
  }

  private int events(ParseResult line) throws Exception {
    String agent = line.matchedOptionValue("--agent", "");
    String target =
        "/v1/events?limit=" + DisplayText.encoded(line.matchedOptionValue("--limit", "20"));
    return get(
        line,
        agent.isEmpty() ? target : target + "&agent=" + DisplayText.encoded(agent),
        (response, client, output) -> {
          output.print(response, to -> GetTables.events(ApiJson.all(response, "events")).print(to));
          return ExitStatus.DONE;
        });
  }
}
