package dev.fluke.transport;

import java.util.List;

/** A host behind a program that connects its standard input and output to a POSIX shell. */
record ShellTransport(List<String> argv) implements Transport {

  ShellTransport {
    argv = List.copyOf(argv);
    if (argv.isEmpty()) {
      throw new IllegalArgumentException("throughShell: no program given");
    }
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    return HostConnection.overShells(new ProcessLine(argv, target.scheduler().real()), target);
  }

  @Override
  public String address() {
    return String.join(" ", argv);
  }
}
