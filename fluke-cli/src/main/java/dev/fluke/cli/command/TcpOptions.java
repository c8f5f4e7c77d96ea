package dev.fluke.cli.command;

import dev.fluke.cli.client.ApiClient;
import dev.fluke.cli.client.RemoteClient;
import dev.fluke.command.Secret;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options for a daemon over TCP: a token, and files for TLS. */
record TcpOptions(Terminal terminal, ParseResult line) {
  static final List<String> NAMES =
      List.of("--token", "--ca-file", "--client-cert", "--client-key");

  static CommandSpec addTo(CommandSpec spec) {
    return spec.addOption(
            Options.text(
                "--token",
                "TOKEN",
                "Token of the daemon; default: $FLUKE_TOKEN, which other users of the machine can't see."))
        .addOption(
            Options.text(
                "--ca-file", "FILE", "Trusted CA certificates, in PEM; default: those of Java."))
        .addOption(Options.text("--client-cert", "FILE", "Certificate of the caller, in PEM."))
        .addOption(
            Options.text(
                "--client-key", "FILE", "Private key of --client-cert, in PEM (PKCS #8)."));
  }

  /** Whether there is a certificate without its key, or a key without its certificate. */
  boolean lacksFile() {
    return line.hasMatchedOption("--client-cert") != line.hasMatchedOption("--client-key");
  }

  /** A client of the daemon at this URL; it sends no token if that is empty. */
  ApiClient connect(String server, String token) throws CommandException {
    RemoteClient.TlsFiles files =
        new RemoteClient.TlsFiles(file("--ca-file"), file("--client-cert"), file("--client-key"));
    try {
      return RemoteClient.at(
          server, token.isEmpty() ? Optional.empty() : Optional.of(Secret.of(token)), files);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitStatus.USAGE, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      throw wrong(e.getFile() + " does not exist");
    } catch (IOException | GeneralSecurityException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Optional<Path> file(String option) {
    String name = line.matchedOptionValue(option, "");
    return name.isEmpty() ? Optional.empty() : Optional.of(terminal.file(name));
  }

  /** Names the option with the file that the message names. */
  private CommandException wrong(String message) {
    String option =
        Stream.of("--ca-file", "--client-key", "--client-cert")
            .filter(each -> file(each).filter(it -> message.contains(it.toString())).isPresent())
            .map(each -> each + ": ")
            .findFirst()
            .orElse("");
    return new CommandException(ExitStatus.USAGE, option + message);
  }
}
