package dev.fluke.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three hosts, each behind an sshd of its own, and a directory with config and manifests. */
public final class DaemonFleet implements AutoCloseable {
  private final Path dir;
  private final List<Sshd> hosts = new ArrayList<>();

  private DaemonFleet(Path dir) {
    this.dir = dir;
  }

  public static DaemonFleet start(Path dir) throws Exception {
    DaemonFleet fleet = new DaemonFleet(dir);
    try {
      for (int i = 1; i <= 3; i++) {
        fleet.hosts.add(Sshd.start(dir.resolve("host-" + i)));
      }
    } catch (Exception e) {
      fleet.close();
      throw e;
    }
    Files.createDirectory(dir.resolve("manifests"));
    return fleet;
  }

  public Path dir() {
    return dir;
  }

  /** A file of a host. */
  public Path file(int host, String name) {
    return hosts.get(host - 1).home().resolve(name);
  }

  /** A config with the three as agents: web-01, web-02, and db-01. */
  public void configure(String more) throws Exception {
    PrivateFile.write(
        dir.resolve("fluke.yaml"),
        "directory: ./manifests\nagents:\n"
            + hosts.get(0).agent("web-01", "role: web")
            + hosts.get(1).agent("web-02", "role: web")
            + hosts.get(2).agent("db-01", "role: db")
            + more);
  }

  /** A task for all, or for a role, that wants a file of the host. */
  public static String task(String name, String selector, String policy) {
    return """
      %1$s:
        selector: { %2$s }
        drift: { policy: %3$s }
        steps:
          - shell: file
            check: test -e "$HERE/%1$s"
            command: touch "$HERE/%1$s"
    """
        .formatted(name, selector, policy);
  }

  public void declare(String... tasks) throws Exception {
    Files.writeString(dir.resolve("manifests/all.fluke.yaml"), "tasks:\n" + String.join("", tasks));
  }

  @Override
  public void close() {
    hosts.forEach(Sshd::close);
  }
}
