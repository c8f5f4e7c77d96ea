package dev.fluke.transport;

import java.util.List;

/** This machine as a host, as the user that the application runs as. Immutable. */
public final class Local implements Transport {

  /** Whatever the PATH of the application, and where there is no setsid. */
  static final String START =
      ShellScripts.ownTools(Target.DOCUMENTED_PATH)
          + "\nif command -v setsid >/dev/null; then exec setsid /bin/sh; fi\nexec /bin/sh";

  private static final Local MACHINE = new Local();

  private final Transport shell = new ShellTransport(List.of("/bin/sh", "-c", START));

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
