package dev.fluke.ssh;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import com.jcraft.jsch.ConfigRepository;
import com.jcraft.jsch.OpenSSHConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads hosts from a configuration file of OpenSSH, for {@link Ssh#config}. */
final class SshConfig {
  private static final Splitter FILES = Splitter.on(CharMatcher.whitespace()).omitEmptyStrings();
  private static final Splitter JUMPS = Splitter.on(',').trimResults();

  private static final int MOST_JUMPS = 32;

  private final OpenSSHConfig parsed;
  private final Path file;
  private int jumps;

  private SshConfig(OpenSSHConfig parsed, Path file) {
    this.parsed = parsed;
    this.file = file;
  }

  static SshConfig read(Path file) {
    try {
      return new SshConfig(OpenSSHConfig.parseFile(file.toString()), file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the SSH configuration %s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The host of this alias, with its jump hosts.
   *
   * @throws IllegalArgumentException if something is not supported, or jump hosts lead in a circle
   */
  Ssh ssh(String alias) {
    return ssh(alias, List.of());
  }

  /**
   * The host of this alias.
   *
   * @param from the aliases that lead to it by their jump hosts
   */
  private Ssh ssh(String alias, List<String> from) {
    List<String> path = new ArrayList<>(from);
    path.add(alias);
    if (from.contains(alias) || ++jumps > MOST_JUMPS) {
      throw new IllegalArgumentException(
          "%s: ProxyJump %s: %s; end it with ProxyJump none at the last host"
              .formatted(
                  file,
                  from.contains(alias) ? "leads in a circle" : "names more than 32 hosts",
                  String.join(" > ", path)));
    }
    ConfigRepository.Config entry = parsed.getConfig(alias);
    Ssh ssh = Ssh.to(entry.getHostname() == null ? alias : entry.getHostname());
    if (entry.getPort() > 0) {
      ssh = ssh.port(entry.getPort());
    }
    if (entry.getUser() != null) {
      ssh = ssh.user(entry.getUser());
    }
    for (String key : values(entry, "IdentityFile")) {
      ssh = ssh.key(path(key));
    }
    for (String files : values(entry, "UserKnownHostsFile")) {
      for (String one : FILES.split(files)) {
        ssh = ssh.knownHosts(path(one));
      }
    }
    ssh = throughJumps(ssh, entry.getValue("ProxyJump"), path);
    return withChecking(ssh, entry.getValue("StrictHostKeyChecking"));
  }

  private static List<String> values(ConfigRepository.Config entry, String name) {
    String[] values = entry.getValues(name);
    return values == null ? List.of() : List.of(values);
  }

  private static Path path(String text) {
    String plain = text.replace("\"", "");
    return plain.startsWith("~/") ? SshArguments.inHome(plain.substring(2)) : Path.of(plain);
  }

  /** The first of the list is the first hop from here. */
  private Ssh throughJumps(Ssh ssh, @Nullable String list, List<String> path) {
    if (list == null || list.equalsIgnoreCase("none")) {
      return ssh;
    }
    Ssh last = null;
    for (String one : JUMPS.split(list)) {
      Ssh next = jump(one, path);
      last = last == null ? next : next.through(last);
    }
    return last == null ? ssh : ssh.through(last);
  }

  /** {@code user@host:port}, where the host may be an alias of the same file. */
  private Ssh jump(String text, List<String> path) {
    int at = text.lastIndexOf('@');
    HostAndPort address = address(text.substring(at + 1));
    Ssh ssh = ssh(SshArguments.host(address.getHost()), path);
    if (address.hasPort()) {
      ssh = ssh.port(address.getPort());
    }
    return at > 0 ? ssh.user(text.substring(0, at)) : ssh;
  }

  private HostAndPort address(String text) {
    try {
      return HostAndPort.fromString(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s: ProxyJump has '%s', which is not host or host:port".formatted(file, text), e);
    }
  }

  private Ssh withChecking(Ssh ssh, @Nullable String setting) {
    String value = setting == null ? "yes" : setting.toLowerCase(Locale.ROOT);
    return switch (value) {
      case "yes", "ask" -> ssh;
      case "accept-new" -> ssh.acceptNew();
      default ->
          throw new IllegalArgumentException(
              "%s: StrictHostKeyChecking %s is not supported; use yes or accept-new"
                  .formatted(file, value));
    };
  }
}
