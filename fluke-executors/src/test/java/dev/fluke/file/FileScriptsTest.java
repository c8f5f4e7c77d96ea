package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.onhost.OneStep;
import dev.fluke.onhost.PosixShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell programs for files: in every shell, when they are cut short, and what others see. */
class FileScriptsTest {
  private static final String SECRET = "canary-in-a-file\n";

  @TempDir Path dir;
  @TempDir Path programs;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(dir.resolve("conf"), "old");
  }

  private OneStep step() {
    return OneStep.of(ManagedFile.at(file.toString()).content("new")).path(programs.toString());
  }

  /** A program of the host, in place of the real one. */
  private void program(String name, String script) throws IOException {
    Path program = programs.resolve(name);
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private List<String> leftOvers() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(n -> !n.equals("conf"))
          .toList();
    }
  }

  @Tag("rule-6")
  @Test
  void cleansUpWhenTheApplyIsKilledAtItsLimit() throws Exception {
    program("mv", "exec sleep 60");

    assertThat(step().timeout(Duration.ofMillis(500)).cycle()).isFailed();

    assertThat(file).hasContent("old");
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void removesWhatAKilledApplyLeft() throws Exception {
    program("mv", "kill -KILL $PPID");
    assertThat(step().cycle()).isFailed();
    assertThat(leftOvers()).singleElement().asString().startsWith(".fluke-");
    Files.writeString(dir.resolve(".fluke-of-somebody-else"), "");

    Files.delete(programs.resolve("mv"));
    assertThat(step().cycle()).isApplied();

    assertThat(file).hasContent("new");
    assertThat(leftOvers()).containsExactly(".fluke-of-somebody-else");
  }

  @Test
  void cleansUpWhenTheRenameFails() throws Exception {
    program("mv", "echo the disk is full >&2; exit 1");

    assertThat(step().cycle()).isFailed().hasMessageContaining("the disk is full");

    assertThat(file).hasContent("old");
    assertThat(leftOvers()).isEmpty();
  }

  @Test
  void neverPutsHalfOfTheBytesInPlace() throws Exception {
    program("wc", "echo 1");

    assertThat(step().cycle()).isFailed().hasMessageContaining("received 1 of 3 bytes");

    assertThat(file).hasContent("old");
    assertThat(leftOvers()).isEmpty();
  }

  /** The program, which first notes the arguments of all processes. */
  private void watched(String program) throws Exception {
    Path script = programs.resolve(program);
    Files.writeString(
        script,
        "#!/bin/sh\ncat /proc/[0-9]*/cmdline >>'"
            + programs
            + "/seen' 2>/dev/null\nexec /usr/bin/"
            + program
            + " \"$@\"\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @Tag("Z04")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void putsNoContentOrHashIntoAnArgument(boolean asAnotherUser) throws Exception {
    watched("sha256sum");
    watched("mv");
    ManagedFile declared = ManagedFile.at(file.toString()).content(Secret.of(SECRET));

    assertThat(
            OneStep.of(asAnotherUser ? declared.runAs("root") : declared)
                .path(programs.toString())
                .cycle())
        .isApplied();

    assertThat(file).hasContent(SECRET);
    String seen = Files.readString(programs.resolve("seen"), ISO_8859_1);
    assertThat(seen)
        .contains("sha256sum", "mv")
        .doesNotContain("canary-in-a", Content.sha256(SECRET.getBytes(ISO_8859_1)));
  }

  @Test
  void knowsFurtherNamesOfAUserAndAGroup() throws Exception {
    program("id", "[ \"$2\" = admin ] && echo 0");
    program("getent", "echo wheel:x:0:");
    ManagedFile declared = ManagedFile.at(file.toString()).content("old");

    assertThat(OneStep.of(declared.owner("admin").group("wheel")).path("" + programs).cycle())
        .isInSync();
    assertThat(OneStep.of(declared.owner("nobody")).path("" + programs).check().differences())
        .extracting(Object::toString)
        .containsExactly("owner should be 'nobody', is 'root'");
  }

  private static Command inspect(Path path) {
    return new FileCommands(
            FileDeclaration.of(path.toString(), Content.of("new".getBytes(ISO_8859_1))))
        .inspect();
  }

  @ParameterizedTest
  @EnumSource
  void inspectsEveryKindInEveryShell(PosixShell shell) throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("target"));
    String hash = Content.sha256("old".getBytes(ISO_8859_1));

    assertThat(shell.run(inspect(dir.resolve("none"))).stdout()).isEqualTo("missing\n");
    assertThat(shell.run(inspect(link)).stdout()).isEqualTo("symlink\ntarget\n");
    assertThat(shell.run(inspect(dir)).stdout()).isEqualTo("directory\n");
    assertThat(shell.run(inspect(Path.of("/dev/null"))).stdout()).isEqualTo("special\n");
    assertThat(shell.run(inspect(file)).stdout())
        .isEqualTo("file\n644:0:0:3:0:0::::1\n" + hash + "\nold");
  }

  @ParameterizedTest
  @EnumSource
  void writesAndRemovesInEveryShell(PosixShell shell) throws Exception {
    Path below = dir.resolve("it's $new/conf");
    Content content = Content.of(Secret.of("canary text\n"));
    FileOptions options =
        FileOptions.DEFAULTS
            .withParents()
            .attributes(FileAttributes.UNMANAGED.mode("0640").owner("nobody"));
    FileCommands commands =
        new FileCommands(FileDeclaration.of(below.toString(), content).options(options));
    FileState missing = FileState.of(CommandResult.exited(0).withStdout("missing\n"));

    assertThat(shell.run(commands.replace(missing, content)).stderr()).isEmpty();

    FileState written = FileState.of(shell.run(commands.inspect()));
    assertThat(written.mode() + " " + written.owner("name")).isEqualTo("0640 nobody");
    assertThat(below).hasContent("canary text\n");
    assertThat(shell.run(commands.setAttributes(written)).stderr()).isEmpty();
    assertThat(shell.run(commands.remove()).stderr()).isEmpty();
    assertThat(below).doesNotExist();
    assertThat(below.getParent()).isEmptyDirectory();
  }
}
