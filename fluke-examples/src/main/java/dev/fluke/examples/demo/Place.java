package dev.fluke.examples.demo;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.agent.Agent;
import dev.fluke.transport.Transport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * An agent with a directory of its own: all agents of the demo are this machine and this user, so
 * the shell of each begins where its files are.
 */
record Place(Agent agent, Path dir) {

  static Place below(Path parent, String name, Transport transport) throws IOException {
    Path dir = Files.createDirectory(parent.resolve(name));
    Path shell = dir.resolve("shell");
    Files.writeString(
        shell,
        """
        #!/bin/sh
        cd %s && exec /bin/bash "$@"
        """
            .formatted(quote(dir.toString())));
    Files.setPosixFilePermissions(shell, PosixFilePermissions.fromString("rwx------"));
    return new Place(Agent.named(name, transport).defaultShell(shell.toString()), dir);
  }

  String name() {
    return agent.name();
  }

  Path motd() {
    return dir.resolve("motd");
  }

  Path banner() {
    return dir.resolve("banner");
  }

  String motdText() throws IOException {
    return Files.readString(motd()).strip();
  }
}
