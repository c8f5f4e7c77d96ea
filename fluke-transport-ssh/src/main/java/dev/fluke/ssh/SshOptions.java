package dev.fluke.ssh;

import dev.fluke.command.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@link Ssh} was told. Changed only while it is being copied; then left as it is. */
final class SshOptions {
  final String host;
  int port = 22;
  String user = System.getProperty("user.name");
  List<SshKey> keys = List.of();
  @Nullable Secret password;
  boolean agent;
  List<Path> knownHosts = List.of();
  @Nullable String fingerprint;
  boolean acceptNew;
  @Nullable SshOptions jump;
  Duration connectLimit = Duration.ofSeconds(10);
  Duration loginLimit = Duration.ofSeconds(15);
  Duration keepAlive = Duration.ofSeconds(15);

  private SshOptions(String host) {
    this.host = host;
  }

  static SshOptions of(String host) {
    return new SshOptions(host);
  }

  /** One option set. */
  interface Change {
    void to(SshOptions options);
  }

  SshOptions with(Change change) {
    SshOptions copy = new SshOptions(host);
    copy.port = port;
    copy.user = user;
    copy.keys = keys;
    copy.password = password;
    copy.agent = agent;
    copy.knownHosts = knownHosts;
    copy.fingerprint = fingerprint;
    copy.acceptNew = acceptNew;
    copy.jump = jump;
    copy.connectLimit = connectLimit;
    copy.loginLimit = loginLimit;
    copy.keepAlive = keepAlive;
    change.to(copy);
    return copy;
  }

  private List<@Nullable Object> all() {
    return Arrays.asList(
        host,
        port,
        user,
        keys,
        password,
        agent,
        knownHosts,
        fingerprint,
        acceptNew,
        jump,
        connectLimit,
        loginLimit,
        keepAlive);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SshOptions that && all().equals(that.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  static <T> List<T> plus(List<T> all, T one) {
    List<T> more = new ArrayList<>(all);
    more.add(one);
    return List.copyOf(more);
  }

  static Path home() {
    return Path.of(System.getProperty("user.home"));
  }

  /** Where host keys are looked up: nowhere, if the one key was named. */
  List<Path> trustedHostFiles() {
    if (fingerprint != null) {
      return List.of();
    }
    return knownHosts.isEmpty() ? usualKnownHosts() : knownHosts;
  }

  static List<Path> usualKnownHosts() {
    return List.of(home().resolve(".ssh/known_hosts"), Path.of("/etc/ssh/ssh_known_hosts"));
  }

  /** Whether it was said with what to log in. */
  boolean saysHow() {
    return !keys.isEmpty() || password != null || agent;
  }

  String address() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
