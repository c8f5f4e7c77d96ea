package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;

/** A user of this machine who may do by sudo what a test says; gone when closed. */
final class SudoUser implements AutoCloseable {
  final String name = "fluke-" + UUID.randomUUID().toString().substring(0, 8);
  private final Path rules = Path.of("/etc/sudoers.d", name);

  private final Scheduler scheduler;

  private SudoUser(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  static SudoUser added(Shells shells) throws Exception {
    SudoUser user = new SudoUser(shells.scheduler);
    user.insistOn("useradd", "--create-home", "--shell", "/bin/sh", user.name);
    Files.createFile(user.mark());
    return user;
  }

  /** Replaces what the user may do, such as {@code (nobody) NOPASSWD: /usr/bin/id}. */
  SudoUser may(String... what) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String each : what) {
      lines.append(name).append(" ALL=").append(each).append('\n');
    }
    Path draft = Files.createTempFile("fluke", null);
    Files.writeString(draft, lines);
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r--r-----"));
    assertThat(succeeds("visudo", "-cqf", draft.toString())).as("%s", lines).isTrue();
    Files.move(draft, rules, StandardCopyOption.REPLACE_EXISTING);
    return this;
  }

  /** A login of the user on this machine. */
  Transport login() {
    return Transport.throughShell(shell().split(" ", -1));
  }

  /** The same, as over a network. */
  Transport remoteLogin(Path dir) {
    return Shells.thatCanBeCut(dir, shell());
  }

  private String shell() {
    return "setpriv --reuid=" + name + " --regid=" + name + " --init-groups /bin/sh";
  }

  Path home() {
    return Path.of("/home", name);
  }

  /** A file that others can see while it is there. */
  Path mark() {
    return Path.of("/tmp", name);
  }

  /** Whether an apply of the user has its lock. */
  boolean holdsLock() {
    return !succeeds("flock", "-n", home().toString(), "true");
  }

  /** Tries until it works: others may change the machine's users, too. */
  private void insistOn(String... argv) throws Exception {
    for (int tries = 0; !succeeds(argv); tries++) {
      assertThat(tries).as(String.join(" ", argv)).isLessThan(50);
      scheduler.sleep(Duration.ofMillis(100));
    }
  }

  private static boolean succeeds(String... argv) {
    try {
      return new ProcessBuilder(argv).start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws Exception {
    Files.deleteIfExists(mark());
    Files.deleteIfExists(rules);
    insistOn("userdel", "--force", "--remove", name);
  }
}
