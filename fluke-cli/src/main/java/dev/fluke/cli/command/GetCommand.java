package dev.fluke.cli.command;

import dev.fluke.cli.client.Caller;
import dev.fluke.cli.client.Reply;
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
    return Daemons.options(Action.command(name, about, action));
  }

  /** How an answer is shown, and which exit status it means. */
  private interface Telling {
    int tell(Map<String, Object> answer, Caller caller, Output output) throws Exception;
  }

  private int asked(ParseResult line, String target, Telling telling) throws Exception {
    Output output = Output.of(terminal, line);
    return new Daemons(terminal)
        .talk(
            line,
            caller -> {
              Reply reply = Daemons.good(caller.get(target));
              return telling.tell(reply.body(), caller, output);
            });
  }

  private int agents(ParseResult line) throws Exception {
    return asked(
        line,
        "/v1/agents",
        (answer, caller, output) -> {
          KnownSources sources = KnownSources.of(caller);
          output.print(
              answer,
              to -> {
                Table table = Table.of("AGENT", "STATE", "IN SYNC", "LABELS", "REASON");
                Answers.all(answer, "agents").forEach(agent -> agent(table, agent));
                table.print(to);
                sources.notes(to);
              });
          return ExitStatus.DONE;
        });
  }

  private static void agent(Table table, Map<String, Object> agent) {
    List<Map<String, Object>> tasks = Answers.all(agent, "tasks");
    long good =
        tasks.stream().filter(task -> Answers.status(List.of(task)) == ExitStatus.DONE).count();
    String labels =
        Answers.one(agent, "labels").entrySet().stream()
            .map(label -> label.getKey() + "=" + label.getValue())
            .collect(Collectors.joining(","));
    table.row(
        Answers.text(agent, "name"),
        Answers.text(agent, "state"),
        good + "/" + tasks.size(),
        labels,
        Answers.text(agent, "reason"));
  }

  private int drift(ParseResult line) throws Exception {
    return asked(
        line,
        "/v1/drift",
        (answer, caller, output) -> {
          List<Map<String, Object>> left = Answers.all(answer, "drift");
          KnownSources sources = KnownSources.of(caller);
          output.print(answer, to -> drift(to, left, sources));
          return sources.status(Answers.status(left));
        });
  }

  private static void drift(Terminal to, List<Map<String, Object>> left, KnownSources sources) {
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
          Answers.text(task, "agent"),
          Answers.text(task, "task"),
          Answers.text(task, "outcome"),
          Answers.text(task, "cause"),
          Words.seconds(Answers.text(task, "since")),
          Answers.text(task, "reason"));
    }
    return table;
  }

  private int events(ParseResult line) throws Exception {
    String agent = line.matchedOptionValue("--agent", "");
    String target = "/v1/events?limit=" + Words.encoded(line.matchedOptionValue("--limit", "20"));
    return asked(
        line,
        agent.isEmpty() ? target : target + "&agent=" + Words.encoded(agent),
        (answer, caller, output) -> {
          output.print(answer, to -> events(to, Answers.all(answer, "events")));
          return ExitStatus.DONE;
        });
  }

  private static void events(Terminal to, List<Map<String, Object>> events) {
    Table table = Table.of("TIME", "EVENT", "AGENT", "TASK", "MESSAGE");
    for (Map<String, Object> event : events) {
      table.row(
          Words.seconds(Answers.text(event, "timestamp")),
          Answers.text(event, "event"),
          Answers.text(Answers.one(event, "agent"), "name"),
          Answers.text(event, "task"),
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
    return (Answers.text(event, "message") + " " + fields).strip();
  }
}
