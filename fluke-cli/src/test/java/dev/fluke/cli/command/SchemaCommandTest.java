package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaCommandTest {
  @TempDir Path dir;

  @Test
  void printsTheSchemaOfTheDocumentation() throws Exception {
    String documented = Files.readString(Path.of("..", "docs", "fluke.schema.json"));

    assertThat(Shell.in(dir).fluke("schema").out().strip()).isEqualTo(documented.strip());
  }
}
