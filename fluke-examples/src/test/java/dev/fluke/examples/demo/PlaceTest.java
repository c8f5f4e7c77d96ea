package dev.fluke.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
  @TempDir Path dir;

  @Test
  void hasAShellThatStartsInItsDirectory() throws Exception {
    Path parent = Files.createDirectory(dir.resolve("it's"));
    Place place = Place.below(parent, "web-01", Local.machine());

    assertThat(place.name()).isEqualTo("web-01");
    assertThat(Tool.run(dir, place.agent().defaultShell(), "-c", "pwd"))
        .isEqualTo(parent.toRealPath().resolve("web-01").toString());
  }

  @Test
  void readsItsMessageOfTheDay() throws Exception {
    Place place = Place.below(dir, "web-01", Local.machine());
    Files.writeString(place.motd(), "hello\n");

    assertThat(place.motdText()).isEqualTo("hello");
    assertThat(place.banner()).isEqualTo(dir.resolve("web-01/banner"));
  }
}
