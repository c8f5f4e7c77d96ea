package dev.fluke.ssh;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Real servers of one machine, near and at the end of slow lines, as Fluke and as ssh reach them.
 */
final class BenchFleet implements AutoCloseable {
  private final List<SshServer> servers = new ArrayList<>();
  private final List<SlowLine> lines = new ArrayList<>();
  final Path dir;

  private BenchFleet(Path dir) {
    this.dir = dir;
  }

  static BenchFleet of(int size, Path dir) throws Exception {
    BenchFleet fleet = new BenchFleet(dir);
    for (int i = 0; i < size; i++) {
      fleet.servers.add(SshServer.start(dir, "MaxSessions 64"));
    }
    return fleet;
  }

  int size() {
    return servers.size();
  }

  /** The ways to its servers, for Fluke. */
  List<Ssh> near() {
    return servers.stream().map(SshServer::ssh).toList();
  }

  /** Ways that take this long in each direction. */
  List<Ssh> far(Duration oneWay) throws IOException {
    List<Ssh> far = new ArrayList<>();
    for (SshServer server : servers) {
      SlowLine line = SlowLine.to(server.port, oneWay);
      lines.add(line);
      Path known = Files.createTempFile(dir, "known", "");
      Files.writeString(
          known,
          "[127.0.0.1]:" + line.port() + " " + Files.readString(server.dir.resolve("host.pub")));
      far.add(Ssh.to("127.0.0.1").port(line.port()).key(server.key()).knownHosts(known));
    }
    return far;
  }

  /** How many bytes the slow lines carried so far. */
  long bytes() {
    return lines.stream().mapToLong(line -> line.bytes.get()).sum();
  }

  /** A configuration for ssh in which these ways are called h0, h1 and so on. */
  Path config(String name, List<Ssh> ways) throws IOException {
    StringBuilder text =
        new StringBuilder(
            """
            Host *
              User root
              IdentitiesOnly yes
              BatchMode yes
              StrictHostKeyChecking yes
              GlobalKnownHostsFile /dev/null
              LogLevel ERROR
              ControlMaster auto
              ControlPersist 600
            """);
    text.append("  ControlPath ").append(dir.resolve(name + "-%n")).append('\n');
    for (int i = 0; i < ways.size(); i++) {
      SshOptions way = ways.get(i).options();
      text.append("Host h")
          .append(i)
          .append("\n  HostName 127.0.0.1\n  Port ")
          .append(way.endpoint().port());
      text.append("\n  IdentityFile ").append(way.login().keys().get(0));
      text.append("\n  UserKnownHostsFile ").append(way.trust().knownHosts().get(0)).append('\n');
    }
    return Files.writeString(dir.resolve(name + ".config"), text);
  }

  @Override
  public void close() throws Exception {
    for (SlowLine line : lines) {
      line.close();
    }
    for (SshServer server : servers) {
      server.close();
    }
  }
}
