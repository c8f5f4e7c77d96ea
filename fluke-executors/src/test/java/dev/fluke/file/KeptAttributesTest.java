package dev.fluke.file;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.onhost.OneStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a file has besides content, mode and owner, on this machine. */
class KeptAttributesTest {
  @TempDir Path dir;
  private Path file;

  @BeforeEach
  void write() throws Exception {
    file = Files.writeString(dir.resolve("tool"), "text");
    run("chmod", "4755", "" + file);
    run("setcap", "cap_net_raw+ep", "" + file);
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private ManagedFile reads(String text) {
    return ManagedFile.at(file.toString()).content(text);
  }

  private void assertThatItKeptItsRights() throws Exception {
    assertThat(run("getcap", "" + file)).contains("cap_net_raw=ep");
    assertThat(run("stat", "-c", "%a", "" + file)).isEqualTo("4755\n");
    assertThat(dir).isDirectoryContaining(only -> only.equals(file));
  }

  @Test
  void keepsCapabilitiesAndSetuidWhenTheOwnerChanges() throws Exception {
    Object inode = Files.getAttribute(file, "unix:ino");

    assertThat(OneStep.of(reads("text").owner("1").group("2")).cycle()).isApplied();

    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
    assertThat(run("stat", "-c", "%u:%g", "" + file)).isEqualTo("1:2\n");
    assertThatItKeptItsRights();
  }

  @Test
  void givesANewFileTheExtendedAttributesOfTheOldOne() throws Exception {
    UserDefinedFileAttributeView user =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    user.write("note", UTF_8.encode("kept"));

    assertThat(OneStep.of(reads("new").owner("1")).cycle()).isApplied();

    assertThat(file).hasContent("new");
    assertThat(user.list()).containsExactly("note");
    assertThatItKeptItsRights();
  }

  @Test
  void setsTheModeOfAFileWithoutChown() throws Exception {
    assertThat(OneStep.of(reads("text").mode("0700").owner("0")).cycle()).isApplied();

    assertThat(run("getcap", "" + file)).contains("cap_net_raw=ep");
    assertThat(run("stat", "-c", "%a", "" + file)).isEqualTo("700\n");
  }

  @Test
  void namesTheOtherNamesOfAFileThatItReplaces() throws Exception {
    Path other = Files.createLink(dir.resolve("other"), file);

    assertThat(OneStep.of(reads("new")).cycle().differences())
        .extracting(Object::toString)
        .contains("hard links should be '1', is '2; the other names keep what they have'");
    assertThat(other).hasContent("text");
  }

  @Test
  void removesNothingWhereAFlagForbidsIt() throws Exception {
    Path inner = Files.createDirectories(dir.resolve("app/in")).resolve("locked");
    Files.writeString(inner, "precious");
    Path before = Files.writeString(dir.resolve("app/before"), "precious");
    ManagedFile app = ManagedFile.at(dir + "/app").absent().replacing(Replaceable.DIRECTORY);
    run("chattr", "+i", "" + inner, "" + file);
    try {
      assertThat(OneStep.of(app).cycle()).isFailed().hasMessageContaining(inner + " is immutable");
      assertThat(OneStep.of(reads("new")).cycle())
          .isFailed()
          .hasMessageContaining(file + " is immutable; allow changes with: chattr -i");
      assertThat(OneStep.of(reads("text").mode("0600").owner("1")).cycle()).isFailed();
    } finally {
      run("chattr", "-i", "" + inner, "" + file);
    }
    assertThat(before).exists();
    run("chattr", "+a", "" + dir);
    try {
      assertThat(OneStep.of(reads("new")).cycle())
          .isFailed()
          .hasMessageContaining("is append-only; allow changes with: chattr -a");
    } finally {
      run("chattr", "-a", "" + dir);
    }
    assertThat(run("ls", "-A", "" + dir)).isEqualTo("app\ntool\n");
    assertThat(file).hasContent("text");
  }

  @Test
  void makesNoDirectoryForAnUnknownOwner() throws Exception {
    ManagedFile below = ManagedFile.at(dir + "/a/b").content("x").parents();

    assertThat(OneStep.of(below.owner("web.app")).cycle())
        .isFailed()
        .hasMessageContaining("the host has no user 'web.app'");
    assertThat(OneStep.of(below.group("UNKNOWN")).cycle())
        .isFailed()
        .hasMessageContaining("the host has no group 'UNKNOWN'");
    assertThat(dir.resolve("a")).doesNotExist();
  }

  @Test
  void worksWithTheToolsOfBusyBoxUnlessTheyLoseSomething() throws Exception {
    Path programs = Files.createDirectory(dir.resolve("programs"));
    for (String tool : List.of("cp", "chown", "chmod", "id", "stat", "mktemp", "mv", "readlink")) {
      Path program = programs.resolve(tool);
      Files.writeString(program, "#!/bin/sh\nexec busybox " + tool + " \"$@\"\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    for (ManagedFile changed : List.of(reads("new"), reads("text").owner("1"))) {
      assertThat(OneStep.of(changed).path("" + programs).cycle())
          .isFailed()
          .hasMessageContaining("only the cp of GNU copies them")
          .hasMessageContaining("cap_net_raw=ep");
    }
    assertThat(file).hasContent("text");
    assertThat(run("stat", "-c", "%u", "" + file)).isEqualTo("0\n");

    run("setcap", "-r", "" + file);
    ManagedFile given = reads("text").owner("01").group("daemon");
    assertThat(OneStep.of(given).path("" + programs).cycle()).isApplied();
    assertThat(OneStep.of(reads("new").owner("daemon")).path("" + programs).cycle()).isApplied();
    assertThat(run("stat", "-c", "%u:%g:%a", "" + file)).isEqualTo("1:1:4755\n");
  }

  @Test
  void takesNoNumberWithoutANameForADeclaredName() throws Exception {
    run("chown", "4000000:4000000", "" + file);

    assertThat(OneStep.of(reads("text").owner("UNKNOWN").group("UNKNOWN")).check().differences())
        .extracting(Object::toString)
        .containsExactly(
            "owner should be 'UNKNOWN', is '4000000'", "group should be 'UNKNOWN', is '4000000'");
  }
}
