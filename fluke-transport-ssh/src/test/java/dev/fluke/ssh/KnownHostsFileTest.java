package dev.fluke.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of known hosts that are links, full, locked, read-only, or written by others as well. */
@Tag("T03")
@Tag("slow")
class KnownHostsFileTest {
  private static final String OLD = "web-01 ssh-ed25519 AAAA";
  private static final int WRITERS = 4;
  private static final int LINES = 25;

  @TempDir Path dir;
  private final Scheduler scheduler = new HastyScheduler();
  private Path known;

  @BeforeEach
  void file() throws IOException {
    known = Files.writeString(dir.resolve("known"), OLD);
  }

  @AfterEach
  void close() {
    scheduler.close();
  }

  private void add(Path file, String line) throws Exception {
    int before =
        new KnownHostsFile(file, scheduler)
            .locked(
                now -> {
                  int lines = now.lines().size();
                  now.add(line);
                  return lines;
                });
    assertThat(before).isEqualTo(KnownHostsFile.read(file).size() - 1);
  }

  @Test
  void completesTheLastLineBeforeItAddsOne() throws Exception {
    add(known, "new-1");
    add(known, "new-2");

    assertThat(known).hasContent(OLD + "\nnew-1\nnew-2\n");
  }

  @Test
  void writesThroughLinksAndKeepsThem() throws Exception {
    Path link = Files.createSymbolicLink(dir.resolve("link"), known);
    Path hard = Files.createLink(dir.resolve("hard"), known);
    Path folder = Files.createSymbolicLink(dir.resolve("folder"), dir);
    Path dangling = Files.createSymbolicLink(dir.resolve("dangling"), dir.resolve("target"));
    add(link, "new-1");
    add(hard, "new-2");
    add(folder.resolve("known"), "new-3");
    add(dangling, "new-4");

    assertThat(known).hasContent(OLD + "\nnew-1\nnew-2\nnew-3\n");
    assertThat(dir.resolve("target")).hasContent("new-4\n");
    assertThat(List.of(link, folder, dangling)).allMatch(Files::isSymbolicLink);
  }

  @Test
  void makesAFileThatOthersCantRead() throws Exception {
    Path made = dir.resolve("a/b/known");
    add(made, "new");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void refusesToWriteWhatIsNotAFileOfItsOwn() throws Exception {
    Files.setPosixFilePermissions(known, PosixFilePermissions.fromString("r--r--r--"));
    SshServer.run(List.of("mkfifo", dir.resolve("pipe").toString()));

    assertThatThrownBy(() -> add(known, "new")).hasMessage("it is read-only");
    for (Path other : List.of(dir, dir.resolve("pipe"), Path.of("/dev/null"))) {
      assertThatThrownBy(() -> add(other, "new")).hasMessage("it is not a regular file");
    }
    assertThat(known).hasContent(OLD);
  }

  @Test
  void takesBackALineForWhichTheDiskHasNoSpace() throws Exception {
    String full = "#".repeat(4096 - 30 - 1) + "\n";
    Files.writeString(known, full);
    List<String> argv = new ArrayList<>(List.of("prlimit", "--fsize=4096"));
    argv.addAll(adding("x".repeat(60), 1));
    Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();

    assertThat(new String(process.getInputStream().readAllBytes(), UTF_8))
        .contains("there is no space for one more line");
    assertThat(Files.readString(known)).isEqualTo(full);
  }

  @Test
  void givesUpIfAnotherProcessKeepsTheLock() throws Exception {
    String lock =
        "use Fcntl; open(my $f, '+<', $ARGV[0]) or die;"
            + " my $l = pack('s s l q q l l', F_WRLCK, 0, 0, 0, 0, 0, 0);"
            + " fcntl($f, F_SETLKW, $l) or die;"
            + " $| = 1; print 'locked'; <STDIN>";
    Process other = new ProcessBuilder("perl", "-e", lock, known.toString()).start();
    try {
      assertThat(other.getInputStream().readNBytes(6)).isEqualTo("locked".getBytes(UTF_8));
      assertThatThrownBy(() -> add(known, "new"))
          .hasMessage("another process holds its lock for more than 5 s");
    } finally {
      other.destroyForcibly().waitFor();
    }
    add(known, "new");
    assertThat(known).hasContent(OLD + "\nnew\n");
  }

  @Test
  void keepsEachLineWholeAndOneForEachHostBesideOtherProcesses() throws Exception {
    List<Process> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      List<String> argv = adding("host-" + i, LINES);
      writers.add(new ProcessBuilder(argv).redirectError(ProcessBuilder.Redirect.DISCARD).start());
    }
    for (Process writer : writers) {
      assertThat(new String(writer.getInputStream().readAllBytes(), UTF_8)).isEqualTo("added");
    }
    List<String> lines = Files.readAllLines(known);
    assertThat(lines).hasSize(1 + WRITERS * LINES + LINES).contains(OLD).doesNotHaveDuplicates();
    for (int n = 0; n < LINES; n++) {
      String shared = "shared-" + n + " ";
      assertThat(lines).filteredOn(line -> line.startsWith(shared)).hasSize(1);
      for (int i = 0; i < WRITERS; i++) {
        assertThat(lines).contains("host-%s-%s key-of-host-%s".formatted(i, n, i));
      }
    }
  }

  private List<String> adding(String name, int count) {
    return List.of(
        ProcessHandle.current().info().command().orElseThrow(),
        "-XX:-UsePerfData",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        Adding.class.getName(),
        known.toString(),
        name,
        String.valueOf(count));
  }

  /** Adds hosts of its own, and others that each process adds if no other one did. */
  static final class Adding {
    private Adding() {}

    public static void main(String[] args) throws Exception {
      try (Scheduler scheduler = Scheduler.system()) {
        KnownHostsFile file = new KnownHostsFile(Path.of(args[0]), scheduler);
        for (int n = 0; n < Integer.parseInt(args[2]); n++) {
          for (String host : List.of(args[1] + "-" + n, "shared-" + n)) {
            file.locked(now -> addUnlessThere(now, host, "key-of-" + args[1]));
          }
        }
        System.out.print("added");
      } catch (IOException e) {
        System.out.print(e.getMessage());
      }
    }

    private static boolean addUnlessThere(KnownHostsFile.Locked file, String host, String key)
        throws IOException {
      boolean there = file.lines().stream().anyMatch(line -> line.hosts().equals(host));
      if (!there) {
        file.add(host + " " + key);
      }
      return there;
    }
  }
}
