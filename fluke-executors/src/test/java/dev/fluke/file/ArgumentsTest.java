package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.onhost.OneStep;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever lists the processes of the host while a file is kept reads nothing of it. */
class ArgumentsTest {
  private static final String SECRET = "canary-in-a-file\n";

  @TempDir Path dir;
  @TempDir Path programs;

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
    Path file = Files.writeString(dir.resolve("conf"), "old");
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
}
