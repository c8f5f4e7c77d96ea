package dev.fluke.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application has no binding for SLF4J, or no directory that it may write to. */
@Tag("slow")
class BareEnvironmentTest {
  private @TempDir Path dir;
  private String url;

  @BeforeEach
  void makeARepository() throws Exception {
    Path work = dir.resolve("repository");
    try (Git git = Git.init().setDirectory(work.toFile()).setInitialBranch("main").call()) {
      Files.writeString(
          work.resolve("a.fluke.yaml"),
          """
          tasks:
            t:
              selector: { all: true }
              steps:
                - shell: s
                  check: "true"
                  command: "true"
          """);
      git.add().addFilepattern(".").call();
      git.commit().setMessage("m").setAuthor("a", "a@b").setSign(false).call();
    }
    url = work.toUri().toString();
  }

  @Test
  void worksWithoutABindingOfSlf4j() throws Exception {
    String unbound =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("slf4j-simple") && !entry.contains("logback"))
            .collect(Collectors.joining(File.pathSeparator));

    String printed =
        new ChildJvm()
            .classPath(unbound)
            .run(BareProgram.class, url, dir.resolve("mirror").toString());

    assertThat(printed.lines().filter(line -> !line.startsWith("SLF4J")))
        .containsExactly("code: [IN_SYNC] ", "git: [IN_SYNC] ", "mirror: [IN_SYNC] ");
    assertThat(printed.lines().filter(line -> line.startsWith("SLF4J"))).isNotEmpty();
  }

  /** Root may write to each directory, so what stands there is a file. */
  @Test
  void hintsAtMirrorWhereNothingCanBeWritten() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "");

    String printed =
        new ChildJvm()
            .option("-Djava.io.tmpdir=" + file)
            .option("-Duser.home=" + file)
            .env("HOME", file.toString())
            .env("XDG_CONFIG_HOME", file.resolve("config").toString())
            .env("XDG_CACHE_HOME", file.resolve("cache").toString())
            .run(BareProgram.class, url, dir.resolve("mirror").toString());

    assertThat(printed.lines().filter(line -> !line.contains(" INFO dev.fluke.")))
        .satisfiesExactly(
            code -> assertThat(code).isEqualTo("code: [IN_SYNC] "),
            git -> assertThat(git).startsWith("git: ").contains("with mirror(..)"),
            mirror -> assertThat(mirror).isEqualTo("mirror: [IN_SYNC] "));
  }
}
