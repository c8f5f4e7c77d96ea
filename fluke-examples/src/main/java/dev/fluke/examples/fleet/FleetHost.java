package dev.fluke.examples.fleet;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.examples.demo.Tool;
import dev.fluke.ssh.Ssh;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A host that was booted for the example, under the name it has in the fleet.
 *
 * @param name its name as an agent
 * @param role what it is for
 * @param address where its OpenSSH server listens
 * @param port its port
 * @param state where the key for it is, and what is known of its own
 */
record FleetHost(String name, Role role, String address, int port, Path state) {

  /** The way to it for Fluke. */
  Ssh ssh() {
    return Ssh.to(address)
        .port(port)
        .user("root")
        .key(state.resolve("id"))
        .knownHosts(state.resolve("known_hosts"));
  }

  /** Those of these that are not true there, as it says itself. */
  List<String> untrue(List<Fact> facts) throws IOException, InterruptedException {
    String script =
        facts.stream()
            .map(
                fact ->
                    "{ %s; } >/dev/null 2>&1 || echo %s\n"
                        .formatted(fact.script(), quote(fact.words())))
            .collect(Collectors.joining());
    return run(script).lines().toList();
  }

  /** Runs a script there by the program {@code ssh}, without Fluke; what it printed. */
  String run(String script) throws IOException, InterruptedException {
    return Tool.run(
        state,
        "ssh",
        "-n",
        "-i",
        state.resolve("id").toString(),
        "-p",
        String.valueOf(port),
        "-o",
        "IdentitiesOnly=yes",
        "-o",
        "BatchMode=yes",
        "-o",
        "LogLevel=ERROR",
        "-o",
        "GlobalKnownHostsFile=/dev/null",
        "-o",
        "UserKnownHostsFile=" + state.resolve("known_hosts"),
        "root@" + address,
        script);
  }
}
