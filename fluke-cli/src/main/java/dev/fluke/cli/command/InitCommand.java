package dev.fluke.cli.command;

import dev.fluke.manifest.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code fluke init [DIR]}: writes a starter config and a manifest. */
record InitCommand(Terminal terminal) {

  CommandSpec spec() {
    return Action.command("init", "Writes a starter config and a manifest.", this::run)
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
    Path directory =
        terminal.file(line.matchedPositionalValue(0, ".")).toAbsolutePath().normalize();
    try {
      write(directory);
    } catch (IOException e) {
      throw new CommandException(
          ExitStatus.USAGE, "can't write to " + directory + ": " + DisplayText.why(e));
    }
    terminal.out().println("next: fluke validate, then fluke run");
    return ExitStatus.DONE;
  }

  private void write(Path directory) throws IOException, CommandException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put("fluke.yaml", starter("fluke.yaml"));
    files.put(
        "manifests/greeting.fluke.yaml",
        starter("greeting.fluke.yaml").replace("@DIR@", quoted(directory.toString())));
    files.put("fluke.schema.json", schema());
    for (String file : files.keySet()) {
      if (Files.exists(directory.resolve(file))) {
        throw new CommandException(
            ExitStatus.USAGE, file + " exists already; 'fluke init' overwrites nothing");
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = directory.resolve(file.getKey());
      Files.createDirectories(directory.resolve("manifests"), permissions("rwxr-xr-x"));
      boolean isConfig = file.getKey().equals("fluke.yaml");
      Files.createFile(path, permissions(isConfig ? "rw-------" : "rw-r--r--"));
      Files.writeString(path, file.getValue());
      terminal.out().println("wrote " + file.getKey());
    }
  }

  /** Without the right to write for others, whatever the umask allows. */
  private static FileAttribute<?> permissions(String text) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
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
