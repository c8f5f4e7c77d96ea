package dev.fluke.examples.secrets;

import dev.fluke.command.Secret;
import dev.fluke.command.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

// tag::envFile
/** Secrets in a file with lines such as {@code api-token=…}, which another program renews. */
public record EnvFile(Path file) implements SecretSource {
  @Override
  public Optional<Secret> secret(String name) throws IOException {
    return Optional.ofNullable(entries().get(name)).map(Secret::of);
  }

  @Override
  public Set<String> names() throws IOException {
    return entries().keySet();
  }

  private Map<String, String> entries() throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> line.split("=", 2))
        .filter(entry -> entry.length == 2)
        .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1], (first, later) -> later));
  }
}
// end::envFile
