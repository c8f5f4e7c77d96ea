package dev.fluke.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application has virtual threads, and one carrier for all of them. */
@Tag("slow")
class VirtualThreadsTest {
  private @TempDir Path dir;
  private Path manifests;

  @BeforeEach
  void declare() throws Exception {
    manifests = Files.createDirectory(dir.resolve("manifests"));
    Files.writeString(
        manifests.resolve("hello.fluke.yaml"),
        """
        tasks:
          hello:
            selector: { match_labels: { role: build } }
            steps:
              - shell: file
                check: test -f %1$s
                command: touch %1$s
        """
            .formatted(dir.resolve("hello")));
  }

  private ChildJvm oneCarrier() throws Exception {
    return new ChildJvm()
        .java(Jdk25.home())
        .option("-Djdk.virtualThreadScheduler.parallelism=1")
        .option("-Djdk.virtualThreadScheduler.maxPoolSize=1");
  }

  /** With this kind of lock, threads hold their carrier in synchronized, as in Java 21 to 23. */
  @Test
  void letsCarriersOfCallersGoEvenInOldJava() throws Exception {
    String printed =
        oneCarrier()
            .option("-XX:LockingMode=1")
            .run(VirtualThreadsProgram.class, manifests.toString(), "callers");

    assertThat(printed)
        .contains("in sync: true", "removed: true", "closed")
        .doesNotContain("false")
        .contains("pinned: {$Held.<clinit>=1, .parkIn=1}");
  }

  @Test
  void runsOnVirtualThreadsWithOneCarrier() throws Exception {
    String printed = oneCarrier().run(VirtualThreadsProgram.class, manifests.toString(), "own");

    assertThat(printed)
        .contains("in sync: true", "removed: true", "closed")
        .doesNotContain("false")
        .contains("pinned: {$Held.<clinit>=1}");
  }
}
