package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
  @TempDir Path dir;

  @Test
  void suggestsInitForAMissingFile() {
    assertThat(ConfigFile.reason("x.yaml", dir.resolve("x"), new NoSuchFileException("x")))
        .isEqualTo("x.yaml does not exist; 'fluke init' writes a starter config");
  }

  @Test
  void recognisesADirectory() {
    assertThat(ConfigFile.reason("conf", dir, new IOException("Is a directory")))
        .isEqualTo("conf can't be read: it is a directory");
  }

  @Test
  void endsWithTheStatusOfAnInvalidConfig() {
    CommandException unreadable =
        ConfigFile.unreadable("x.yaml", dir.resolve("x"), new AccessDeniedException("x"));

    assertThat(unreadable).hasMessage("x.yaml can't be read: permission denied");
    assertThat(unreadable.status()).isEqualTo(65);
  }
}
