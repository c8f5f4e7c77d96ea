package dev.fluke.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/** A new user of this machine with a home and without rights; gone when closed. */
public final class RealUser implements AutoCloseable {
  private final String name = "fluke-" + UUID.randomUUID().toString().substring(0, 8);

  private RealUser() {}

  /** Adds a user; the test runs as root. */
  public static RealUser added() throws Exception {
    RealUser user = new RealUser();
    user.insistOn("useradd", "--create-home", "--shell", "/bin/sh", user.name);
    return user;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** The home. */
  public Path home() {
    return Path.of("/home", name);
  }

  /** The start of a command line that runs the rest as this user. */
  public List<String> prefix() {
    return List.of(
        "setpriv",
        "--reuid=" + name,
        "--regid=" + name,
        "--init-groups",
        "env",
        "-u",
        "XDG_RUNTIME_DIR",
        "-u",
        "SUDO_USER",
        "HOME=" + home(),
        "USER=" + name,
        "LOGNAME=" + name);
  }

  /** Tries until it works: others may change the machine's users, too. */
  private void insistOn(String... argv) throws Exception {
    for (int tries = 0; new ProcessBuilder(argv).start().waitFor() != 0; tries++) {
      assertThat(tries).as(String.join(" ", argv)).isLessThan(50);
    }
  }

  @Override
  public void close() throws Exception {
    insistOn("userdel", "--force", "--remove", name);
  }
}
