package dev.fluke.file.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.onhost.PosixShell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How paths are entered, in every shell. */
class PathWalkTest {
  @TempDir Path base;

  @BeforeEach
  void prepare() throws Exception {
    Files.createDirectories(base.resolve("own/sub"));
    Files.createDirectories(base.resolve("other/sub"));
    Files.writeString(base.resolve("own/file"), "x");
    Files.writeString(base.resolve("other/sub/file"), "x");
    Files.setAttribute(base.resolve("other"), "unix:uid", 65_534);
  }

  private void mode(String directory, String permissions) throws Exception {
    Files.setPosixFilePermissions(
        base.resolve(directory), PosixFilePermissions.fromString(permissions));
  }

  private void link(String name, String target) throws Exception {
    Files.createSymbolicLink(base.resolve(name), Path.of(target));
  }

  /** Where it ends, in words, with paths below the base. */
  private String enter(PosixShell shell, String path) throws Exception {
    String script =
        """
        if enter "$path"; then
          echo "in $(readlink /proc/self/cwd) at $last ${found:+found} shared=$shared loose=$loose"
        else
          echo "$why at=$at $reason"
        fi
        """;
    Command command = Command.shell(PathWalk.FUNCTIONS + "\n" + script);
    return shell
        .run(command.env("path", base + "/" + path))
        .orThrow()
        .stdout()
        .replace(base.toString(), "B")
        .strip();
  }

  @ParameterizedTest
  @EnumSource
  void entersDirectoriesThatNobodyElseCanExchange(PosixShell shell) throws Exception {
    assertThat(enter(shell, "own/file")).isEqualTo("in B/own at file found shared= loose=");
    assertThat(enter(shell, "own/none")).isEqualTo("in B/own at none  shared= loose=");
    assertThat(enter(shell, "own/none/none")).isEqualTo("missing at=B/own/none");
    assertThat(enter(shell, "own/file/none")).isEqualTo("blocked at=B/own/file");
  }

  @ParameterizedTest
  @EnumSource
  void knowsWhoElseCanWrite(PosixShell shell) throws Exception {
    assertThat(enter(shell, "other/file"))
        .isEqualTo("in B/other at file  shared=user 65534 loose=");
    assertThat(enter(shell, "other/sub/file"))
        .isEqualTo("in B/other/sub at file found shared= loose=B/other");
    mode("own", "rwxrwxr-x");
    assertThat(enter(shell, "own/sub/file")).isEqualTo("in B/own/sub at file  shared= loose=B/own");
    mode("own", "rwxrwxrwx");
    assertThat(enter(shell, "own/file"))
        .isEqualTo("in B/own at file found shared=everybody loose=");
  }

  @ParameterizedTest
  @EnumSource
  void trustsItsOwnDirectoryInAStickyOne(PosixShell shell) throws Exception {
    Files.setAttribute(base.resolve("own"), "unix:mode", 01777);
    assertThat(enter(shell, "own/sub/file")).isEqualTo("in B/own/sub at file  shared= loose=");

    Files.setAttribute(base.resolve("own/sub"), "unix:uid", 65_534);
    assertThat(enter(shell, "own/sub/file"))
        .isEqualTo("in B/own/sub at file  shared=user 65534 loose=B/own");
  }

  @ParameterizedTest
  @EnumSource
  void followsOnlyLinksThatNobodyElseCanSet(PosixShell shell) throws Exception {
    link("absolute", base + "/own");
    link("relative", "own/sub/..");
    link("chain", "absolute/sub");
    assertThat(enter(shell, "absolute/file")).isEqualTo("in B/own at file found shared= loose=");
    assertThat(enter(shell, "relative/file")).isEqualTo("in B/own at file found shared= loose=");
    assertThat(enter(shell, "chain/file")).isEqualTo("in B/own/sub at file  shared= loose=");

    link("other/link", "../own");
    link("other/sub/link", "../../own");
    assertThat(enter(shell, "other/link/file"))
        .startsWith("refused")
        .contains("others can set the symbolic link B/other/link; declare");
    assertThat(enter(shell, "other/sub/link/file"))
        .contains("others can set the symbolic link B/other/sub/link; declare");
    link("theirs", "own");
    Files.setAttribute(
        base.resolve("theirs"), "unix:uid", 65_534, java.nio.file.LinkOption.NOFOLLOW_LINKS);
    assertThat(enter(shell, "theirs/file")).contains("others can set the symbolic link B/theirs");
  }

  @ParameterizedTest
  @EnumSource
  void endsInACircleOfLinks(PosixShell shell) throws Exception {
    link("circle", "circle");

    assertThat(enter(shell, "circle/file")).contains("B/circle is one of too many symbolic links");
  }

  @ParameterizedTest
  @EnumSource
  void entersPathsWithAnyCharacter(PosixShell shell) throws Exception {
    String name = "a |:*?[x]$(touch x)'\"\\ \n-n";
    Files.createDirectories(base.resolve(name));
    Files.writeString(base.resolve(name).resolve(name), "x");

    assertThat(enter(shell, name + "/" + name)).endsWith("found shared= loose=");
  }
}
