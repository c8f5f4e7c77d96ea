package dev.fluke.ssh;

import com.jcraft.jsch.ConfigRepository;
import com.jcraft.jsch.OpenSSHConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code ~/.ssh/config} says of hosts, as far as {@link Ssh#config} heeds it. */
final class SshConfig {
  private final OpenSSHConfig all;
  private final Path file;

  private SshConfig(OpenSSHConfig all, Path file) {
    this.all = all;
    this.file = file;
  }

  static SshConfig read(Path file) {
    try {
      return new SshConfig(OpenSSHConfig.parseFile(file.toString()), file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the configuration " + file + " can't be read: " + e.getMessage(), e);
    }
  }

  Ssh ssh(String alias) {
    ConfigRepository.Config said = all.getConfig(alias);
    Ssh ssh = Ssh.to(said.getHostname() == null ? alias : said.getHostname());
    if (said.getPort() > 0) {
      ssh = ssh.port(said.getPort());
    }
    if (said.getUser() != null) {
      ssh = ssh.user(said.getUser());
    }
    for (String key : values(said, "IdentityFile")) {
      ssh = ssh.key(path(key));
    }
    for (String files : values(said, "UserKnownHostsFile")) {
      for (String one : files.split("\\s+", -1)) {
        ssh = ssh.knownHosts(path(one));
      }
    }
    return strictness(
        jumps(ssh, said.getValue("ProxyJump")), said.getValue("StrictHostKeyChecking"));
  }

  private static String[] values(ConfigRepository.Config said, String name) {
    String[] values = said.getValues(name);
    return values == null ? new String[0] : values;
  }

  private static Path path(String text) {
    String plain = text.replace("\"", "");
    return plain.startsWith("~/") ? SshOptions.home().resolve(plain.substring(2)) : Path.of(plain);
  }

  /** {@code user@host:port}, or an alias of its own; of several the first is the nearest to us. */
  private Ssh jumps(Ssh ssh, @Nullable String list) {
    if (list == null || list.equalsIgnoreCase("none")) {
      return ssh;
    }
    Ssh reached = null;
    for (String one : list.split(",", -1)) {
      Ssh next = jump(one.strip());
      reached = reached == null ? next : next.through(reached);
    }
    return reached == null ? ssh : ssh.through(reached);
  }

  private Ssh jump(String text) {
    int at = text.lastIndexOf('@');
    String address = text.substring(at + 1);
    int colon = address.lastIndexOf(':');
    boolean port = colon >= 0 && address.indexOf(':') == colon;
    Ssh ssh = ssh(SshArguments.host(port ? address.substring(0, colon) : address));
    if (port) {
      ssh = ssh.port(Integer.parseInt(address.substring(colon + 1)));
    }
    return at > 0 ? ssh.user(text.substring(0, at)) : ssh;
  }

  private Ssh strictness(Ssh ssh, @Nullable String checking) {
    String word = checking == null ? "yes" : checking.toLowerCase(Locale.ROOT);
    return switch (word) {
      case "yes", "ask" -> ssh;
      case "accept-new" -> ssh.acceptNew();
      default ->
          throw new IllegalArgumentException(
              file
                  + ": StrictHostKeyChecking "
                  + word
                  + " is not supported; host keys are checked");
    };
  }
}
