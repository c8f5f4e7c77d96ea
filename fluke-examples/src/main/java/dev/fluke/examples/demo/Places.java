package dev.fluke.examples.demo;

import dev.fluke.agent.Agent;
import dev.fluke.transport.Local;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Where the demo is played, in a temporary directory; nothing of it is left at the end. */
final class Places implements AutoCloseable {
  private final Path dir;
  private final List<Place> all = new ArrayList<>();
  private final List<SshServer> servers = new ArrayList<>();

  private Places(Path dir) {
    this.dir = dir;
  }

  /** This machine, as one agent. */
  static Places onThisMachine() throws Exception {
    return open(places -> places.add("here"));
  }

  /** This machine, as three agents, each behind an OpenSSH server of its own. */
  static Places overSsh() throws Exception {
    return open(
        places -> {
          for (String name : List.of("web-01", "web-02", "web-03")) {
            places.addBehindServer(name);
          }
        });
  }

  private interface Filling {
    void of(Places places) throws Exception;
  }

  private static Places open(Filling filling) throws Exception {
    Places places = new Places(Files.createTempDirectory("fluke-demo"));
    try {
      filling.of(places);
      return places;
    } catch (Exception e) {
      places.close();
      throw e;
    }
  }

  private void add(String name) throws IOException {
    all.add(Place.below(dir, name, Local.machine()));
  }

  private void addBehindServer(String name) throws IOException, InterruptedException {
    SshServer server = SshServer.start(Files.createDirectory(dir.resolve("sshd-" + name)));
    servers.add(server);
    all.add(Place.below(dir, name, server.ssh()));
  }

  Path dir() {
    return dir;
  }

  List<Place> all() {
    return all;
  }

  List<Agent> agents() {
    return all.stream().map(Place::agent).toList();
  }

  /** How those are reached that are not simply here. */
  List<String> addresses() {
    return servers.isEmpty()
        ? List.of()
        : all.stream()
            .map(place -> place.name() + ": " + place.agent().transport().orElseThrow())
            .toList();
  }

  /** Those that have the banner which is only reported. */
  List<Place> withBanner() {
    return all.stream().filter(place -> Files.exists(place.banner())).toList();
  }

  /** Where somebody breaks what is in order. */
  Place vandalised() {
    return all.get(all.size() / 2);
  }

  /** Where somebody does by hand what is only reported elsewhere. */
  Place attended() {
    return all.get(all.size() - 1);
  }

  @Override
  public void close() throws IOException {
    servers.forEach(SshServer::close);
    try (Stream<Path> files = Files.walk(dir)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
