package dev.fluke.cli.command;

import dev.fluke.cli.config.HttpConfig;
import dev.fluke.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke init [DIR]}: writes a starter config and a manifest. */
record InitCommand(Terminal terminal) {
  private static final String TOKEN_FILE = "fluke.token";
  private static final int TOKEN_BYTES = 32;

  CommandSpec spec() {
    return Action.command("init", "Writes a starter config and a manifest.", this::run)
        .addOption(
            OptionSpec.builder("--listen")
                .paramLabel("ADDRESS")
                .arity("0..1")
                .type(String.class)
                .description(
                    "Serves the API over TCP, too, and writes a token for it to %s; default: %s."
                        .formatted(TOKEN_FILE, HttpConfig.DEFAULT))
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("DIR")
                .arity("0..1")
                .index("0")
                .type(String.class)
                .description("Target directory; default: the current one.")
                .build());
  }

  private int run(ParseResult line) throws CommandException {
    String name = line.matchedPositionalValue(0, "");
    Optional<String> listen = Optional.ofNullable(line.matchedOptionValue("--listen", null));
    if (name.isEmpty() && listen.isPresent() && !listen.get().contains(":")) {
      name = listen.get(); // in 'fluke init --listen DIR'
      listen = Optional.of("");
    }
    Path directory = terminal.file(name.isEmpty() ? "." : name).toAbsolutePath().normalize();
    try {
      write(directory, listen.map(InitCommand::address));
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitStatus.USAGE, "--listen " + e.getMessage());
    } catch (IOException e) {
      throw new CommandException(
          ExitStatus.USAGE, "can't write to " + directory + ": " + DisplayText.why(e));
    }
    terminal.out().println("next: fluke validate, then fluke run");
    return ExitStatus.DONE;
  }

  private static HttpConfig.Address address(String text) {
    return text.isEmpty() ? HttpConfig.DEFAULT : HttpConfig.Address.of(text);
  }

  private void write(Path directory, Optional<HttpConfig.Address> listen)
      throws IOException, CommandException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("fluke.yaml", starter("fluke.yaml").replace("@HTTP@", http(listen)));
    listen.ifPresent(address -> files.put(TOKEN_FILE, token() + "\n"));
    files.put(
        "manifests/greeting.fluke.yaml",
        starter("greeting.fluke.yaml").replace("@DIR@", quoted(directory.toString())));
    files.put("fluke.schema.json", schema());
    for (String file : files.keySet()) {
      if (Files.exists(directory.resolve(file), LinkOption.NOFOLLOW_LINKS)) {
        throw new CommandException(
            ExitStatus.USAGE, file + " exists already; 'fluke init' overwrites nothing");
      }
    }
    Files.createDirectories(directory.resolve("manifests"), permissions("rwxr-xr-x"));
    for (Map.Entry<String, String> file : files.entrySet()) {
      create(directory.resolve(file.getKey()), file.getValue());
      terminal.out().println("wrote " + file.getKey());
    }
  }

  /**
   * Creates a file. Nobody else can ever read one that has or may get secrets, or write in any,
   * whatever the umask allows.
   */
  private static void create(Path path, String text) throws IOException {
    String name = String.valueOf(path.getFileName());
    boolean isSecret = name.equals(TOKEN_FILE) || name.equals("fluke.yaml");
    try (SeekableByteChannel file =
        Files.newByteChannel(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            permissions(isSecret ? "rw-------" : "rw-r--r--"))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
    }
  }

  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
  }

  private static String http(Optional<HttpConfig.Address> listen) throws IOException {
    return listen.isEmpty()
        ? starter("socket.yaml")
        : starter("listen.yaml")
            .replace("@LISTEN@", quoted(listen.get().toString()))
            .replace("@TOKEN_FILE@", TOKEN_FILE);
  }

  private static String token() {
    byte[] random = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private static String schema() {
    return ManifestReader.of(InitCommand.class.getClassLoader(), List.of()).schema() + "\n";
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String starter(String name) throws IOException {
    try (InputStream in = InitCommand.class.getResourceAsStream("/dev/fluke/cli/init/" + name)) {
      if (in == null) {
        throw new IOException("dev/fluke/cli/init/" + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
