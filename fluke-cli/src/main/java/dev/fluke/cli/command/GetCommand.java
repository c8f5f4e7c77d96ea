package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.ApiReply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code fluke get agents | drift | events}. */
record GetCommand(Terminal terminal) {
  private static final List<String> TOLD =
      List.of(
          "source",
          "scope",
          "cause",
          "remediation_status",
          "outcome",
          "actor",
          "reason",
          "revision",
          "remarks");

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "get",
            "Lists agents, what is not as declared, or what happened.",
            line -> {
              throw new ParameterException(
                  line.commandSpec().commandLine(), "say agents, drift or events");
            });
    spec.addSubcommand("agents", one("agents", "All agents, and how they are.", this::agents));
    spec.addSubcommand(
        "drift",
        one("drift", "What is not as declared; exit status 2 if there is any.", this::drift));
    CommandSpec events = one("events", "The latest events, oldest first.", this::events);
    events
        .addOption(Options.text("--agent", "NAME", "Those about this agent alone."))
        .addOption(Options.text("--limit", "N", "How many; 20 unless given."));
    spec.addSubcommand("events", events);
    return spec;
  }

  private static CommandSpec one(String name, String about, Action action) {
    return DaemonClient.options(Action.command(name, about, action));
  }

  /** How an answer is shown, and which exit status it means. */
  private interface Telling {
    int tell(Map<String, Object> answer, ApiClient caller, Output output) throws Exception;
  }

  private int asked(ParseResult line, String target, Telling telling) throws Exception {
    Output output = Output.of(terminal, line);
    return new DaemonClient(terminal)
        .talk(
            line,
            caller -> {
              ApiReply reply = DaemonClient.good(caller.get(target));
              return telling.tell(reply.body(), caller, output);
            });
  }

  private int agents(ParseResult line) throws Exception {
    return asked(
        line,
        "/v1/agents",
        (answer, caller, output) -> {
          SourceHealth sources = SourceHealth.of(caller);
          output.print(
              answer,
              to -> {
                Table table = Table.of("AGENT", "STATE", "IN SYNC", "LABELS", "REASON");
                ApiJson.all(answer, "agents").forEach(agent -> agent(table, agent));
                table.print(to);
                sources.notes(to);
              });
          return ExitStatus.DONE;
        });
  }

  private static void agent(Table table, Map<String, Object> agent) {
    List<Map<String, Object>> tasks = ApiJson.all(agent, "tasks");
    long good =
        tasks.stream().filter(task -> ApiJson.status(List.of(task)) == ExitStatus.DONE).count();
    String labels =
        ApiJson.one(agent, "labels").entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
    table.row(
        ApiJson.text(agent, "name"),
        ApiJson.text(agent, "state"),
        good + "/" + tasks.size(),
        labels,
        ApiJson.text(agent, "reason"));
  }

  private int drift(ParseResult line) throws Exception {
    return asked(
        line,
        "/v1/drift",
        (answer, caller, output) -> {
          List<Map<String, Object>> left = ApiJson.all(answer, "drift");
          SourceHealth sources = SourceHealth.of(caller);
          output.print(answer, to -> drift(to, left, sources));
          return sources.status(ApiJson.status(left));
        });
  }

  private static void drift(Terminal to, List<Map<String, Object>> left, SourceHealth sources) {
    if (!left.isEmpty()) {
      table(left).print(to);
    } else if (sources.areKnown()) {
      to.out().println("everything that was looked at is as declared");
    }
    sources.notes(to);
  }

  private static Table table(List<Map<String, Object>> left) {
    Table table = Table.of("AGENT", "TASK", "OUTCOME", "CAUSE", "SINCE", "REASON");
    for (Map<String, Object> task : left) {
      table.row(
          ApiJson.text(task, "agent"),
          ApiJson.text(task, "task"),
          ApiJson.text(task, "outcome"),
          ApiJson.text(task, "cause"),
          DisplayText.seconds(ApiJson.text(task, "since")),
          ApiJson.text(task, "reason"));
    }
    return table;
  }

  private int events(ParseResult line) throws Exception {
    String agent = line.matchedOptionValue("--agent", "");
    String target =
        "/v1/events?limit=" + DisplayText.encoded(line.matchedOptionValue("--limit", "20"));
    return asked(
        line,
        agent.isEmpty() ? target : target + "&agent=" + DisplayText.encoded(agent),
        (answer, caller, output) -> {
          output.print(answer, to -> events(to, ApiJson.all(answer, "events")));
          return ExitStatus.DONE;
        });
  }

  private static void events(Terminal to, List<Map<String, Object>> events) {
    Table table = Table.of("TIME", "EVENT", "AGENT", "TASK", "MESSAGE");
    for (Map<String, Object> event : events) {
      table.row(
          DisplayText.seconds(ApiJson.text(event, "timestamp")),
          ApiJson.text(event, "event"),
          ApiJson.text(ApiJson.one(event, "agent"), "name"),
          ApiJson.text(event, "task"),
          told(event));
    }
    table.print(to);
  }

  /** What else an event says, in the words of the log. */
  private static String told(Map<String, Object> event) {
    String fields =
        TOLD.stream()
            .filter(event::containsKey)
            .map(field -> field + "=" + event.get(field))
            .collect(Collectors.joining(" "));
    return (ApiJson.text(event, "message") + " " + fields).strip();
  }
}
