package dev.fluke.cli.command;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code fluke describe agent NAME | task NAME}: shows the details of one. */
record DescribeCommand(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "describe",
            "Shows the details of an agent or a task.",
            line -> {
              throw new ParameterException(
                  line.commandSpec().commandLine(), "missing subcommand: agent NAME or task NAME");
            });
    spec.addSubcommand("agent", one("agent"));
    spec.addSubcommand("task", one("task"));
    return spec;
  }

  private CommandSpec one(String what) {
    CommandSpec spec =
        Action.command(what, "Shows the details of one " + what + ".", line -> run(what, line));
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("NAME")
            .arity("1")
            .index("0")
            .type(String.class)
            .description("Name of the " + what + ".")
            .build());
    return DaemonClient.options(spec);
  }

  private int run(String what, ParseResult line) throws Exception {
    Output output = Output.of(terminal, line);
    String name = line.matchedPositionalValue(0, "");
    return new DaemonClient(terminal)
        .connect(
            line,
            client -> {
              Map<String, Object> details =
                  DaemonClient.success(client.get("/v1/" + what + "s/" + DisplayText.encoded(name)))
                      .body();
              output.print(details, to -> to.out().print(Output.yaml(details)));
              return ExitStatus.DONE;
            });
  }
}
