package dev.fluke.files.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.files.internal.FileExposure.Allowed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others can do with a file, by its permissions and those of the directories above it. */
@Tag("Z08")
class ExposuresTest {
  private static final int OTHER = 54321;
  private static final int SERVICE = 54322;

  @TempDir Path temporary;
  private Path dir;
  private Path file;

  @BeforeEach
  void create() throws Exception {
    dir = Files.createDirectory(temporary.toRealPath().resolve("dir"));
    file = mode(Files.writeString(dir.resolve("file"), "x"), "rw-------");
  }

  private static Path mode(Path path, String permissions) throws Exception {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static Path special(Path path, int mode) throws Exception {
    return Files.setAttribute(path, "unix:mode", mode);
  }

  private static void give(Path path, int uid) throws Exception {
    Files.setAttribute(path, "unix:uid", uid, NOFOLLOW_LINKS);
  }

  private static List<String> found(Path path, Allowed others) {
    return Exposures.of(path, others).stream().map(FileExposure::toString).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "rw-------, '', ''",
    "r--------, '', ''",
    "rwx--x--x, '', ''",
    "rw-r--r--, read, ''",
    "rw-r-----, read, ''",
    "rw----r--, read, ''",
    "rw--w----, written, written",
    "rw-----w-, written, written",
    "rw-rw-r--, read and written, written",
    "rw-rw-rw-, read and written, written"
  })
  void comparesModeOfAFile(String permissions, String asSecret, String asTrusted) throws Exception {
    mode(file, permissions);
    String octal = "%04o".formatted(FilePermissions.of(file).mode() & 07777);

    assertThat(found(file, Allowed.NOTHING))
        .isEqualTo(expected(asSecret, octal, "run chmod 600 " + file));
    assertThat(found(file, Allowed.READING))
        .isEqualTo(expected(asTrusted, octal, "run chmod go-w " + file));
  }

  private List<String> expected(String can, String octal, String remedy) {
    return can.isEmpty()
        ? List.of()
        : List.of("%s can be %s by others (mode %s); %s".formatted(file, can, octal, remedy));
  }

  @Test
  void reportsADirectoryAboveThatOthersCanWrite() throws Exception {
    Path deep = Files.createDirectories(dir.resolve("a/b"));
    Files.move(file, deep.resolve("file"));
    mode(dir, "rwxrwxr-x");

    assertThat(found(deep.resolve("file"), Allowed.READING))
        .containsExactly(
            "%s can be written by others (mode 0775), who can replace %s/file; run chmod go-w %s"
                .formatted(dir, deep, dir));
    mode(dir, "rwxr-xr-x");
    assertThat(found(deep.resolve("file"), Allowed.NOTHING)).isEmpty();
  }

  @Test
  void namesAnotherPlaceBelowADirectoryOfTheSystem() throws Exception {
    mode(dir, "rwxrwxr-x");
    ProcessUser service = new ProcessUser(SERVICE, Set.of(SERVICE), null);
    String remedy = "use a place below a directory that only you can write";

    assertThat(Exposures.of(file, Allowed.READING, service))
        .as("of root, for another user")
        .extracting(FileExposure::remedy)
        .containsExactly(remedy);
    Files.setAttribute(dir, "unix:gid", OTHER);
    assertThat(Exposures.of(file, Allowed.READING))
        .as("of root and a group of the system, for root")
        .extracting(FileExposure::remedy)
        .containsExactly(remedy);
    give(dir, SERVICE);
    assertThat(Exposures.of(file, Allowed.READING, service))
        .as("his own")
        .extracting(FileExposure::remedy)
        .containsExactly("run chmod go-w " + dir);
  }

  @Test
  void acceptsAStickyDirectoryAboveAFileOfItsOwn() throws Exception {
    special(dir, 01777);

    assertThat(found(file, Allowed.NOTHING)).isEmpty();
    assertThat(found(dir, Allowed.ADDING)).isEmpty();
    assertThat(found(dir, Allowed.READING))
        .containsExactly(
            "%s can be written by others (mode 1777); run chmod go-w %s".formatted(dir, dir));
    assertThat(found(dir.resolve("none"), Allowed.READING))
        .containsExactly(
            "%s/none does not exist, and others can create it in %s (mode 1777); use a directory that only its owner can write"
                .formatted(dir, dir));
  }

  @Test
  void saysNothingOfAMissingFileThatOthersCantCreate() {
    assertThat(found(dir.resolve("none/deeper"), Allowed.NOTHING)).isEmpty();
  }

  @Test
  void reportsAnotherOwner() throws Exception {
    give(file, OTHER);

    assertThat(found(file, Allowed.NOTHING))
        .containsExactly(
            "%s belongs to 54321, who can change it; run chown %s %s"
                .formatted(file, System.getProperty("user.name"), file));
    give(dir, OTHER);
    assertThat(found(file, Allowed.READING))
        .element(0)
        .asString()
        .isEqualTo(
            "%s belongs to 54321, who can replace %s; run chown %s %s"
                .formatted(dir, file, System.getProperty("user.name"), dir));
  }

  @Test
  void followsEachLinkThroughItsDirectories() throws Exception {
    Path open = mode(Files.createDirectory(temporary.resolve("open")), "rwxrwxrwx");
    Path hop = Files.createSymbolicLink(open.resolve("hop"), file);
    Path link = Files.createSymbolicLink(dir.resolve("link"), hop);

    assertThat(found(link, Allowed.NOTHING))
        .containsExactly(
            "%s can be written by others (mode 0777), who can replace %s; run chmod go-w %s"
                .formatted(open.toRealPath(), link, open.toRealPath()));
    mode(file, "rw-r--r--");
    mode(open, "rwxr-xr-x");
    assertThat(found(link, Allowed.NOTHING))
        .containsExactly(
            "%s can be read by others (mode 0644); run chmod 600 %s".formatted(file, file));
  }

  @Test
  void reportsALinkOfAnotherUserInAStickyDirectory() throws Exception {
    Path open = special(Files.createDirectory(temporary.resolve("open")), 01777).toRealPath();
    Path link = Files.createSymbolicLink(open.resolve("link"), file);
    assertThat(found(link, Allowed.NOTHING)).isEmpty();
    give(link, OTHER);

    assertThat(found(link, Allowed.NOTHING))
        .containsExactly(
            "%s is a link of 54321, who can point it elsewhere; run rm %s".formatted(link, link));
  }

  @Test
  void acceptsAVolumeAsKubernetesMountsIt() throws Exception {
    Path volume = special(Files.createDirectory(temporary.resolve("volume")), 01777);
    Path data = Files.createDirectory(volume.resolve("..2026_11_30"));
    mode(Files.writeString(data.resolve("token"), "x"), "r--------");
    Files.createSymbolicLink(volume.resolve("..data"), Path.of("..2026_11_30"));
    Files.createSymbolicLink(volume.resolve("token"), Path.of("..data/token"));

    assertThat(found(volume, Allowed.ADDING)).isEmpty();
    assertThat(found(volume.resolve("token"), Allowed.NOTHING)).isEmpty();
    mode(data.resolve("token"), "r--r--r--");
    assertThat(found(volume.resolve("token"), Allowed.NOTHING)).hasSize(1);
  }

  @Test
  void endsInACircleOfLinks() throws Exception {
    Path circle = Files.createSymbolicLink(dir.resolve("circle"), Path.of("circle"));

    assertThat(found(circle, Allowed.NOTHING)).isEmpty();
    assertThat(found(dir.resolve("./../dir/file/."), Allowed.NOTHING)).isEmpty();
  }

  @Test
  void quotesThePathInTheRemedy() throws Exception {
    Path odd = mode(Files.writeString(dir.resolve("it's a key"), "x"), "rw-r--r--");

    assertThat(Exposures.of(odd, Allowed.NOTHING).get(0).remedy())
        .isEqualTo("run chmod 600 '%s/it'\\''s a key'".formatted(dir));
  }

  @Test
  void acceptsAFileThatRootGivesToTheGroupOfAService() throws Exception {
    mode(file, "rw-r-----");
    Files.setAttribute(file, "unix:gid", SERVICE);
    ProcessUser service = new ProcessUser(SERVICE, Set.of(SERVICE), null);

    assertThat(Exposures.of(file, Allowed.NOTHING, service)).isEmpty();
    assertThat(Exposures.of(file, Allowed.NOTHING, new ProcessUser(SERVICE, Set.of(OTHER), null)))
        .as("not a group of this process")
        .hasSize(1);
    assertThat(found(file, Allowed.NOTHING)).as("root needs no group").hasSize(1);
    mode(file, "rw-rw----");
    assertThat(Exposures.of(file, Allowed.NOTHING, service)).as("written").hasSize(1);
    mode(file, "rw-r--r--");
    assertThat(Exposures.of(file, Allowed.NOTHING, service)).as("by everybody").hasSize(1);
  }

  @Test
  void acceptsACredentialOfSystemd() throws Exception {
    mode(file, "r--r-----"); // an access control list for one user shows as rights of the group
    ProcessUser given = new ProcessUser(SERVICE, Set.of(SERVICE), dir);

    assertThat(Exposures.of(file, Allowed.NOTHING, given)).isEmpty();
    assertThat(Exposures.of(file, Allowed.NOTHING, new ProcessUser(SERVICE, Set.of(), null)))
        .hasSize(1);
    assertThat(
            Exposures.of(
                file, Allowed.NOTHING, new ProcessUser(SERVICE, Set.of(), dir.resolve("b"))))
        .hasSize(1);
  }

  private ProcessUser infra(String groupMembers) throws Exception {
    Path passwd =
        Files.writeString(
            temporary.resolve("passwd"), "root:x:0:0::/:/bin/sh\ninfra:x:54322:54322::/:/bin/sh\n");
    Path group =
        Files.writeString(
            temporary.resolve("group"),
            "infra:x:54322:%s\nsyslog:x:54321:\n".formatted(groupMembers));
    return new ProcessUser(SERVICE, Set.of(SERVICE), null, new Accounts(passwd, group));
  }

  private void belongsToInfra(String ofDirectory, String ofFile) throws Exception {
    for (Path path : List.of(mode(dir, ofDirectory), mode(file, ofFile))) {
      give(path, SERVICE);
      Files.setAttribute(path, "unix:gid", SERVICE);
    }
  }

  @Test
  void letsThePrivateGroupOfTheUserWrite() throws Exception {
    ProcessUser alone = infra("");
    belongsToInfra("rwxrwxr-x", "rw-rw-r--"); // with the umask 002

    assertThat(Exposures.of(file, Allowed.READING, alone)).isEmpty();
    assertThat(Exposures.of(dir, Allowed.ADDING, alone)).isEmpty();
    assertThat(Exposures.of(file, Allowed.READING, infra("ann"))).hasSize(2);
    assertThat(Exposures.of(file, Allowed.READING, infra("infra,root"))).isEmpty();

    mode(file, "rw-rw-rw-");
    assertThat(Exposures.of(file, Allowed.READING, alone)).as("by everybody").hasSize(1);
    mode(file, "rw-rw-r--");
    Files.setAttribute(file, "unix:gid", OTHER);
    assertThat(Exposures.of(file, Allowed.READING, alone)).as("another empty group").hasSize(1);
    give(file, 0);
    Files.setAttribute(file, "unix:gid", SERVICE);
    assertThat(Exposures.of(file, Allowed.READING, alone)).as("a file of root").hasSize(1);
  }

  @Test
  void letsNoGroupUseASecretOfTheUser() throws Exception {
    belongsToInfra("rwxrwxr-x", "rw-------");
    assertThat(Exposures.of(file, Allowed.NOTHING, infra(""))).isEmpty();

    for (String open : List.of("rw-r-----", "rw--w----", "rw-rw----")) {
      mode(file, open);
      assertThat(Exposures.of(file, Allowed.NOTHING, infra(""))).as(open).hasSize(1);
    }
  }
}
