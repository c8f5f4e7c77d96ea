package dev.fluke.transport;

import java.util.List;

/** This machine as a host, as the user that the application runs as. Immutable. */
public final class Local implements Transport {
  private static final Local MACHINE = new Local();
  private final Transport shell = new ShellTransport(List.of("setsid", "/bin/sh"));

  private Local() {}

  /** The machine that the application runs on. */
  public static Local machine() {
    return MACHINE;
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    return shell.open(target);
  }

  @Override
  public String address() {
    return "local";
  }
}
