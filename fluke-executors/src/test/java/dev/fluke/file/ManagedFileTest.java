package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Secret;
import dev.fluke.onhost.OneStep;
import dev.fluke.report.Plan.PlannedStep;
import dev.fluke.report.Plan.Verdict;
import dev.fluke.report.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a declared file says and does, on this machine. */
class ManagedFileTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void name() {
    file = dir.resolve("it's a \"$file\" *");
  }

  private ManagedFile reads(String text) {
    return ManagedFile.at(file.toString()).content(text);
  }

  private static String foundBy(ManagedFile declared) {
    PlannedStep step = OneStep.of(declared).check();
    assertThat(step.verdict()).isEqualTo(Verdict.WOULD_BE_APPLIED);
    return step.differences().get(0).found();
  }

  private String mode() throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  @Test
  void writesAMissingFile() throws Exception {
    assertThat(OneStep.of(reads("hello\n")).cycle()).isApplied();

    assertThat(file).hasContent("hello\n");
    assertThat(mode()).isEqualTo("rw-r--r--");
    assertThat(OneStep.of(reads("hello\n")).cycle()).isInSync();
    assertThat(dir).isDirectoryContaining(only -> only.equals(file));
  }

  @Test
  void showsADifferenceOfLines() throws Exception {
    Files.writeString(file, "one\ntwo\u001b[31m\nthree\n");

    assertThat(foundBy(reads("one\n2\nthree\n")))
        .isEqualTo(
            String.join(
                "\n",
                "--- " + file + " as found",
                "+++ " + file + " as declared",
                "@@ -1,3 +1,3 @@",
                " one",
                "-two\\u001b[31m",
                "+2",
                " three"));
  }

  @Test
  void cutsALongDifference() throws Exception {
    Files.writeString(file, "old line\n".repeat(500));

    assertThat(foundBy(reads("new line\n".repeat(500))))
        .hasLineCount(41)
        .endsWith("\n… 963 more lines");
  }

  @Test
  void comparesBinaryAndLongFilesByHash() throws Exception {
    Files.write(file, new byte[] {0, 1, 2});
    String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    PlannedStep binary = OneStep.of(reads("")).check();
    Files.writeString(file, "x".repeat(70_000));

    assertThat(binary.differences())
        .singleElement()
        .asString()
        .startsWith("content should be '0 bytes with SHA-256 " + empty + "', is '3 bytes with");
    assertThat(foundBy(reads(""))).startsWith("70000 bytes with SHA-256 ");
  }

  @Tag("Z01")
  @Test
  void writesAnyBytesOfAnySize() throws Exception {
    byte[] bytes = new byte[2_000_000];
    new Random(1).nextBytes(bytes);
    ManagedFile declared = ManagedFile.at(file.toString()).content(bytes);

    assertThat(OneStep.of(declared).cycle()).isApplied();

    assertThat(file).hasBinaryContent(bytes);
    assertThat(OneStep.of(declared).cycle()).isInSync();
  }

  @Tag("Z02")
  @Test
  void writesASecretForItsOwnerAndShowsItNowhere() throws Exception {
    Secret secret = Secret.of("canary-of-a-file\n");
    ManagedFile declared = ManagedFile.at(file.toString()).content(secret);
    Files.writeString(file, "canary-that-was-there");

    StepReport other = OneStep.of(declared).cycle();
    Files.delete(file);
    StepReport missing = OneStep.of(declared).cycle();

    assertThat(file).hasContent("canary-of-a-file\n");
    assertThat(mode()).isEqualTo("rw-------");
    assertThat(other.toString() + other.differences() + missing + missing.differences() + declared)
        .contains("content should be 'the declared secret', is 'something else'")
        .doesNotContain("canary");
  }

  @Test
  void hidesBytesThatAreMarkedSecret() throws Exception {
    Files.writeString(file, "canary-that-was-there");

    assertThat(foundBy(reads("canary-in-git").secret())).isEqualTo("something else");
  }

  @Test
  void warnsOfASecretThatAllUsersMayRead() {
    assertThat(reads("x").secret().mode("0644").warnings())
        .containsExactly(file + " is secret, but its mode lets all users read it");
    assertThat(reads("x").secret().mode("0640").warnings()).isEmpty();
    assertThat(reads("x").mode("0644").warnings()).isEmpty();
  }

  @Tag("rule-1")
  @Test
  void reportsUnknownForAnUnreadableFile() throws Exception {
    ManagedFile declared = reads("new").mode("0600").runAs("nobody");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(file, "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    StepReport unreadable = OneStep.of(declared).cycle();
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwx------"));
    StepReport hidden = OneStep.of(declared).cycle();

    assertThat(unreadable)
        .isUnknown()
        .hasMessageContaining(
            "is a file that can't be read by nobody; set run_as to a user who has access");
    assertThat(hidden)
        .isUnknown()
        .hasMessageContaining("is in " + dir + ", which can't be entered by nobody");
    assertThat(file).hasContent("old");
  }

  @Test
  void writesAsAnotherUser() throws Exception {
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxrwxrwx"));
    byte[] bytes = "bytes \0 '\\n' %s\n".repeat(20_000).getBytes(UTF_8);
    ManagedFile declared = ManagedFile.at(file.toString()).content(bytes).runAs("nobody");

    assertThat(OneStep.of(declared).cycle()).isApplied();

    assertThat(file).hasBinaryContent(bytes);
    assertThat(Files.getOwner(file).getName()).isEqualTo("nobody");
    assertThat(OneStep.of(declared).cycle()).isInSync();
  }
}
