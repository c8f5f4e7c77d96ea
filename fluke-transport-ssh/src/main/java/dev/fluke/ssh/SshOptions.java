package dev.fluke.ssh;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.files.internal.ThisUser;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@link Ssh} can be configured with. Immutable.
 *
 * @param macs the message authentication codes that are offered beside the usual ones
 * @param jump the host that this one is reached through; null for a direct connection
 */
record SshOptions(
    Endpoint endpoint,
    Login login,
    Trust trust,
    Limits limits,
    List<String> macs,
    @Nullable SshOptions jump) {

  /** Stands for the user of this process where Java does not know its name. */
  static final String UNKNOWN_USER = "?";

  /** The defaults, for this host. */
  static SshOptions of(String host) {
    return new SshOptions(
        new Endpoint(host, 22),
        new Login(ThisUser.name().orElse(UNKNOWN_USER), List.of(), null, false),
        new Trust(List.of(), null, false),
        new Limits(Duration.ofSeconds(10), Duration.ofSeconds(15), Duration.ofSeconds(15)),
        List.of(),
        null);
  }

  SshOptions with(Endpoint other) {
    return new SshOptions(other, login, trust, limits, macs, jump);
  }

  SshOptions with(Login other) {
    return new SshOptions(endpoint, other, trust, limits, macs, jump);
  }

  SshOptions with(Trust other) {
    return new SshOptions(endpoint, login, other, limits, macs, jump);
  }

  SshOptions with(Limits other) {
    return new SshOptions(endpoint, login, trust, other, macs, jump);
  }

  SshOptions mac(String another) {
    return new SshOptions(endpoint, login, trust, limits, plus(macs, another), jump);
  }

  SshOptions through(SshOptions other) {
    return new SshOptions(endpoint, login, trust, limits, macs, other);
  }

  /** The host and port, as in {@code web-01:22} and {@code [::1]:22}. */
  String address() {
    return HostAndPort.fromParts(endpoint.host, endpoint.port).toString();
  }

  /** Whether it relies on files in the home directory, and there is none. */
  boolean lacksHome() {
    boolean files = trust.isUsual() || (login.keys().isEmpty() && login.password() == null);
    return files && ThisUser.home().isEmpty();
  }

  private static <T> List<T> plus(List<T> all, T one) {
    return ImmutableList.<T>builder().addAll(all).add(one).build();
  }

  /** Which server to connect to. */
  record Endpoint(String host, int port) {
    Endpoint port(int other) {
      return new Endpoint(host, other);
    }
  }

  /**
   * Who logs in, and with which credentials.
   *
   * @param password null if there is none
   * @param agent whether to use the keys of the SSH agent
   */
  record Login(String user, List<SshKey> keys, @Nullable Secret password, boolean agent) {
    Login user(String other) {
      return new Login(other, keys, password, agent);
    }

    Login key(SshKey another) {
      return new Login(user, plus(keys, another), password, agent);
    }

    Login password(Secret other) {
      return new Login(user, keys, other, agent);
    }

    Login withAgent() {
      return new Login(user, keys, password, true);
    }

    /** The text of a server, without the password that it was sent. */
    String hide(String text) {
      if (password == null) {
        return text;
      }
      Mask mask = new Mask();
      try {
        var unused = mask.learn(password);
      } catch (IllegalStateException e) {
        return "*** (%s)".formatted(e.getMessage());
      }
      return mask.hide(text);
    }

    /** Whether the application named a credential; without one, the usual ones are tried. */
    boolean namesCredentials() {
      return !keys.isEmpty() || password != null || agent;
    }
  }

  /**
   * Which host keys to trust.
   *
   * @param knownHosts files of known hosts; empty means the usual ones
   * @param fingerprint the only key to trust, whatever files and certificates say; null if none was
   *     named
   * @param acceptNew whether to trust a host that the files say nothing about
   */
  record Trust(List<Path> knownHosts, @Nullable String fingerprint, boolean acceptNew) {
    Trust knownHosts(Path another) {
      return new Trust(plus(knownHosts, another), fingerprint, acceptNew);
    }

    Trust fingerprint(String other) {
      return new Trust(knownHosts, other, acceptNew);
    }

    Trust acceptingNew() {
      return new Trust(knownHosts, fingerprint, true);
    }

    /** The files of known hosts that were named, or the usual ones. */
    List<Path> files() {
      return knownHosts.isEmpty()
          ? Stream.concat(
                  ThisUser.home().map(home -> home.resolve(".ssh/known_hosts")).stream(),
                  Stream.of(Path.of("/etc/ssh/ssh_known_hosts")))
              .toList()
          : knownHosts;
    }

    /** Whether the usual files decide. */
    boolean isUsual() {
      return knownHosts.isEmpty() && fingerprint == null;
    }
  }

  /**
   * How long to wait for the host.
   *
   * @param connect for a TCP connection
   * @param login for key exchange and login
   * @param keepAlive how often to ask a silent host whether it is still there
   */
  record Limits(Duration connect, Duration login, Duration keepAlive) {
    Limits connect(Duration other) {
      return new Limits(other, login, keepAlive);
    }

    Limits login(Duration other) {
      return new Limits(connect, other, keepAlive);
    }

    Limits keepAlive(Duration other) {
      return new Limits(connect, login, other);
    }

    /** For all of it, from the first packet to the end of the login. */
    Duration total() {
      return connect.plus(login);
    }
  }
}
