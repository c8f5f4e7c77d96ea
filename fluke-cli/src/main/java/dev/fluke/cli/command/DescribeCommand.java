package dev.fluke.cli.command;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** {@code fluke describe agent NAME | task NAME}: all that is known of one. */
record DescribeCommand(Terminal terminal) {

  CommandSpec spec() {
    CommandSpec spec =
        Action.command(
            "describe",
            "Tells all that is known of an agent or a task.",
            line -> {
              throw new ParameterException(
                  line.commandSpec().commandLine(), "say agent NAME or task NAME");
            });
    spec.addSubcommand("agent", one("agent"));
    spec.addSubcommand("task", one("task"));
    return spec;
  }

  private CommandSpec one(String what) {
    CommandSpec spec =
        Action.command(what, "Tells all that is known of this " + what + ".", l -> run(what, l));
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("NAME")
            .arity("1")
            .index("0")
            .type(String.class)
            .description("Its name.")
            .build());
    return DaemonClient.options(spec);
  }

  private int run(String what, ParseResult line) throws Exception {
    Output output = Output.of(terminal, line);
    String name = line.matchedPositionalValue(0, "");
    return new DaemonClient(terminal)
        .talk(
            line,
            caller -> {
              Map<String, Object> answer =
                  DaemonClient.good(caller.get("/v1/" + what + "s/" + DisplayText.encoded(name)))
                      .body();
              output.print(answer, to -> to.out().print(Output.yaml(answer)));
              return ExitStatus.DONE;
            });
  }
}
