package dev.fluke.hosts;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.ssh.Ssh;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real host: the way to it as any user, and a hand of root on it for what tests do by hand. */
public final class RealHost {
  private final String name;
  private final String address;
  private final int port;
  private final Path state;
  private final Scheduler scheduler = Scheduler.system();
  private @Nullable HostConnection hand;

  RealHost(String name, String address, int port, Path state) {
    this.name = name;
    this.address = address;
    this.port = port;
    this.state = state;
  }

  /** Its name, which is not its address. */
  public String name() {
    return name;
  }

  /** The way to it as this user: {@code root}, or {@code fluke}, who is not. */
  public Ssh as(String user) {
    return Ssh.to(address)
        .port(port)
        .user(user)
        .key(state.resolve("id"))
        .knownHosts(state.resolve("known_hosts"));
  }

  /** Where its files are on this machine; what it mounted itself, such as /run, is not there. */
  public Path files() {
    return state.resolve(name).resolve("root");
  }

  /** A number that differs after each boot. */
  public String boot() {
    return sh("cut -d' ' -f22 /proc/1/stat");
  }

  /** Runs this as root by hand, and gives what it prints; a failure fails the test. */
  public String sh(String script) {
    CommandResult result = tried(script);
    if (!result.succeeded()) {
      throw new AssertionError(name + ": " + script + "\n" + result.tail(2000));
    }
    return result.stdout().strip();
  }

  /** Runs this as root by hand, whatever it ends with. */
  public synchronized CommandResult tried(String script) {
    Command command = Command.shell(script).timeout(Duration.ofSeconds(60));
    for (int i = 0; ; i++) {
      Answer answer = connection().ask(List.of(command)).get(0);
      if (answer instanceof Answer.Finished finished) {
        return finished.result();
      }
      close();
      if (i == 1) {
        throw new UncheckedIOException(new IOException(name + ": " + script + "\n" + answer));
      }
    }
  }

  private HostConnection connection() {
    try {
      if (hand == null || !hand.isOpen()) {
        hand = as("root").open(Target.of(name, scheduler));
      }
      return hand;
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException(name + " can't be reached", e));
    }
  }

  /** Gives it a unit file of the system, where vendors have theirs. */
  public RealHost unit(String unit, String text) {
    file("/usr/lib/systemd/system/" + unit, text);
    return this;
  }

  /** Gives it several of the same text. */
  public void units(List<String> units, String text) {
    sh(
        "cd /usr/lib/systemd/system; for u in "
            + String.join(" ", units)
            + "; do cat >$u <<'END'\n"
            + text
            + "\nEND\ndone");
  }

  /** Writes a file. */
  public void file(String path, String text) {
    sh("mkdir -p \"$(dirname '" + path + "')\"; cat >'" + path + "' <<'END'\n" + text + "\nEND");
  }

  /** Waits until this script succeeds; the host may be away meanwhile. */
  public void until(String script) throws InterruptedException {
    for (int i = 0; i < 300; i++) {
      if (succeeds(script)) {
        return;
      }
      scheduler.sleep(Duration.ofMillis(100));
    }
    throw new AssertionError(name + ": not within 30 s: " + script);
  }

  private boolean succeeds(String script) {
    try {
      return tried(script).succeeded();
    } catch (UncheckedIOException away) {
      return false;
    }
  }

  /** Lets go of the hand. */
  synchronized void close() {
    if (hand != null) {
      hand.close();
      hand = null;
    }
  }
}
