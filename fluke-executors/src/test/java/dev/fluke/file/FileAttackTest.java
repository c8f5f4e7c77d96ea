package dev.fluke.file;

import dev.fluke.command.Secret;
import dev.fluke.onhost.Attack;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users who own the directory of a file that Fluke keeps as root. */
@Tag("attack")
class FileAttackTest {
  @TempDir static Path base;
  private static Attack attack;

  @BeforeAll
  static void prepare() throws Exception {
    attack = new Attack(base);
  }

  @AfterAll
  static void remove() throws Exception {
    attack.close();
  }

  private static ManagedFile.Place at(String path) {
    return ManagedFile.at(attack.dir() + "/" + path);
  }

  /** Statements of Perl that exchange an entry for a link to what is outside, and back. */
  private static String swap(String name, String target) {
    return "rename %1$s, %1$s . '.own'; symlink \"$ARGV[1]/%2$s\", %1$s; unlink %1$s; rename %1$s . '.own', %1$s;"
        .formatted(name, target);
  }

  private static void with(String name, String prepare, ManagedFile declared) throws Exception {
    attack.with(name, prepare, declared, () -> false);
  }

  private static void racing(String name, String loop, ManagedFile declared) throws Exception {
    attack.racing(name, loop, declared, () -> false);
  }

  @Test
  void writesNothingThroughADirectoryThatIsALink() throws Exception {
    with(
        "file: a link in place of the directory",
        "ln -sfn ../outside link",
        at("link/file").content("new\n").mode("0644"));
  }

  @Test
  void writesNothingThroughADirectoryThatIsExchanged() throws Exception {
    racing(
        "file: the directory exchanged for a link",
        "mkdir 'conf';" + swap("'conf'", ""),
        at("conf/file").content("new\n").mode("0644"));
    racing(
        "parents: the directory exchanged for a link",
        "mkdir 'up';" + swap("'up'", ""),
        at("up/new/file").content("new\n").parents());
  }

  @Test
  void changesNothingThroughAFileThatIsExchanged() throws Exception {
    racing(
        "file: the file exchanged for a link",
        "if (!-e 'file') { open(F, '>', 'file'); print F \"same\\n\"; close F; }"
            + swap("'file'", "same"),
        at("file").content("same\n").mode("0666").owner(attack.user().name()));
  }

  @Test
  void showsNothingThroughAFileThatIsExchanged() throws Exception {
    racing(
        "file: a diff through a link",
        "if (!-e 'shown') { open(F, '>', 'shown'); print F \"mine\\n\"; close F; }"
            + swap("'shown'", "file"),
        at("shown").content("new\n"));
  }

  @Test
  void waitsForNoPipe() throws Exception {
    racing(
        "file: a pipe in place of the file",
        "if (!-e 'piped') { open(F, '>', 'piped'); print F \"mine\\n\"; close F; }"
            + swap("'piped'", "pipe"),
        at("piped").content("four\n"));
  }

  @Test
  void changesNoOtherNameOfAFile() throws Exception {
    with(
        "file: a hard link",
        "ln -f ../outside/same hard",
        at("hard").content("same\n").mode("0666").owner(attack.user().name()));
  }

  @Test
  void keepsNoRightOfAnotherFile() throws Exception {
    attack.with(
        "file: a hard link to a program of root",
        "rm -f tool; cp ../outside/sub/file tool; chmod 4755 tool",
        at("tool").content("new\n"),
        () -> ((int) Files.getAttribute(attack.dir().resolve("tool"), "unix:mode") & 04000) != 0);
  }

  @Test
  void removesNothingThroughALink() throws Exception {
    racing(
        "absent: the directory exchanged for a link",
        "mkdir 'gone';" + swap("'gone'", ""),
        at("gone/file").absent());
  }

  @Test
  void removesNothingThroughADirectoryThatIsExchanged() throws Exception {
    racing(
        "absent: a directory exchanged in the tree",
        "for $d ('tree', 'tree/a', 'tree/a/b', 'tree/a/sub') { mkdir $d; }"
            + " for $d ('tree/a', 'tree/a/b', 'tree/a/sub') {"
            + swap("$d", "")
            + "}",
        at("tree").absent().replacing(Replaceable.DIRECTORY));
  }

  @Test
  void writesIntoNothingThatOthersPutInPlaceOfTheNewFile() throws Exception {
    racing(
        "file: a link in place of the new file",
        "for $n (glob('.fluke-*')) { next if -l $n; rename $n, 'taken' . $n;"
            + " symlink \"$ARGV[1]/sub\" . (-d \"taken$n\" ? '' : '/file'), $n; }",
        at("made").content("new\n").mode("0666"));
  }

  @Test
  void givesNoSecretToOthers() throws Exception {
    Path seen = attack.dir().resolve("seen");
    attack.racing(
        "secret: readable by others",
        "unlink 'seen' if -z 'seen';"
            + "if (!-r 'key') { open(F, '>', 'mine'); print F 'old'; close F; chmod 0666, 'mine';"
            + " rename 'mine', 'key'; }"
            + " open(my $held, '<', 'key'); for $n ('key', glob('.fluke-*'), glob('.fluke-*/*')) {"
            + " open(my $f, '<', $n) or next; my $t = join '', <$f>; $t .= join '', <$held>;"
            + " if ($t =~ /for-root/) { open(my $s, '>', 'seen'); print $s $t; } }",
        at("key").content(Secret.of("secret-for-root\n")),
        () -> Files.deleteIfExists(seen));
  }
}
