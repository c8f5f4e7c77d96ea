package dev.fluke.onhost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** A user of this machine without rights, and what sudo lets it do; gone when closed. */
public final class LoginUser implements AutoCloseable {
  private final String name = "fluke-" + UUID.randomUUID().toString().substring(0, 8);
  private final Path rules = Path.of("/etc/sudoers.d", name);

  private LoginUser() {}

  /** A new one, with a home. */
  public static LoginUser added() throws Exception {
    LoginUser user = new LoginUser();
    user.insistOn("useradd", "--create-home", "--shell", "/bin/sh", user.name);
    return user;
  }

  /** Replaces what it may do, such as {@code (root) NOPASSWD: /bin/sh}. */
  public void may(String what) throws Exception {
    Path draft = Files.createTempFile("fluke", null);
    Files.writeString(draft, name + " ALL=" + what + "\n");
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("r--r-----"));
    assertThat(status("visudo", "-cqf", draft.toString())).as(what).isZero();
    Files.move(draft, rules, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Its login on this machine. */
  public Transport login() {
    return Transport.throughShell(
        "setpriv", "--reuid=" + name, "--regid=" + name, "--init-groups", "/bin/sh");
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Tries until it works: others may change the machine's users, too. */
  private void insistOn(String... argv) throws Exception {
    for (int tries = 0; status(argv) != 0; tries++) {
      assertThat(tries).as(String.join(" ", argv)).isLessThan(50);
    }
  }

  private static int status(String... argv) throws Exception {
    return new ProcessBuilder(argv).start().waitFor();
  }

  @Override
  public void close() throws Exception {
    Files.deleteIfExists(rules);
    insistOn("userdel", "--force", "--remove", name);
  }
}
