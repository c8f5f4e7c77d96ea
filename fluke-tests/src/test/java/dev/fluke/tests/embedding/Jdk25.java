package dev.fluke.tests.embedding;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where JDK 25 is; as scripts/lib/setup.sh finds it. */
final class Jdk25 {
  private Jdk25() {}

  static Path home() throws Exception {
    if (Runtime.version().feature() >= 25) {
      return Path.of(System.getProperty("java.home"));
    }
    String named = System.getenv("JAVA25_HOME");
    if (named != null) {
      return Path.of(named);
    }
    Path dir = Path.of(Optional.ofNullable(System.getenv("FLUKE_JVM_DIR")).orElse("/usr/lib/jvm"));
    List<Path> homes;
    try (Stream<Path> found = Files.list(dir)) {
      homes = found.sorted().toList();
    }
    for (Path home : homes) {
      Path release = home.resolve("release");
      if (Files.exists(home.resolve("bin/java"))
          && Files.exists(release)
          && Files.readString(release).contains("JAVA_VERSION=\"25")) {
        return home;
      }
    }
    throw new AssertionError("no JDK 25 in " + dir + "; this test needs one: set JAVA25_HOME");
  }
}
