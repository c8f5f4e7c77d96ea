package dev.fluke.cli.config;

import dev.fluke.command.Secret;
import dev.fluke.files.internal.FileExposure.Allowed;
import dev.fluke.ssh.Ssh;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The login for hosts over SSH. An empty option means the default of {@link Ssh}.
 *
 * @param user the user
 * @param port the port
 * @param key the file with the private key
 * @param passphrase the passphrase of the key
 * @param password the password, in place of a key; only the host itself gets it
 * @param knownHosts the file with the trusted host keys
 * @param jump the jump host, with the same key and known hosts
 * @param jumpPassword the password for the jump host
 * @param mac a message authentication code for old hosts
 */
record Login(
    Optional<String> user,
    Optional<Integer> port,
    Optional<Path> key,
    Optional<Secret> passphrase,
    Optional<Secret> password,
    Optional<Path> knownHosts,
    Optional<Jump> jump,
    Optional<Secret> jumpPassword,
    Optional<String> mac) {
  private static final Pattern JUMP =
      Pattern.compile("(?:([^@\\s]+)@)?(?:\\[([0-9a-fA-F:.]+)\\]|([^@:\\s]+))(?::(\\d{1,5}))?");

  /** A jump host; without a user of its own it gets the user of the target. */
  record Jump(Ssh host, boolean namesUser) {}

  static Login none() {
    return new Login(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static Login of(Section ssh, ConfigFiles files) {
    Login login =
        new Login(
            ssh.as("user", Login::user),
            ssh.as("port", text -> ConfigValues.number(text, 1, 65535)),
            ssh.file("key_file", files, Allowed.NOTHING),
            ssh.text("key_passphrase").map(files::secret),
            ssh.text("password").map(files::secret),
            ssh.file("known_hosts", files, Allowed.READING),
            ssh.as("jump", Login::jumpHost),
            ssh.text("jump_password").map(files::secret),
            ssh.as("mac", Login::mac));
    login.reportUsualFiles(ssh, files);
    if (login.passphrase.isPresent() && login.key.isEmpty()) {
      ssh.problem("'key_passphrase' is set without 'key_file'");
    }
    if (login.jumpPassword.isPresent() && login.jump.isEmpty()) {
      ssh.problem("'jump_password' is set without 'jump'");
    }
    if (login.jump.isPresent()
        && login.password.isPresent()
        && login.key.isEmpty()
        && login.jumpPassword.isEmpty()) {
      ssh.problem("'password' is for the host only; set 'jump_password' or 'key_file' for 'jump'");
    }
    return login;
  }

  private static String mac(String text) {
    var unused = Ssh.to("host").mac(text);
    return text;
  }

  /** Reports weak permissions of the files that are used without being named. */
  void reportUsualFiles(Section section, ConfigFiles files) {
    UsualSshFiles.report(section, files, key.isEmpty() && password.isEmpty(), knownHosts.isEmpty());
  }

  private static String user(String text) {
    var unused = Ssh.to("host").user(text);
    return text;
  }

  private static Jump jumpHost(String text) {
    Matcher parts = JUMP.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("is '" + text + "', must be [USER@]HOST[:PORT]");
    }
    Ssh jump = Ssh.to(parts.group(2) == null ? parts.group(3) : parts.group(2));
    jump = parts.group(4) == null ? jump : jump.port(ConfigValues.number(parts.group(4), 1, 65535));
    boolean namesUser = parts.group(1) != null;
    return new Jump(namesUser ? jump.user(parts.group(1)) : jump, namesUser);
  }

  /** This login with another user, port or key, where given. */
  Login overriddenBy(
      Optional<String> otherUser, Optional<Integer> otherPort, Optional<Path> otherKey) {
    return new Login(
        otherUser.or(() -> user),
        otherPort.or(() -> port),
        otherKey.or(() -> key),
        otherKey.isPresent() ? Optional.empty() : passphrase,
        password,
        knownHosts,
        jump,
        jumpPassword,
        mac);
  }

  /** The host with this login. */
  Ssh applyTo(Ssh host) {
    Ssh at = host;
    if (user.isPresent()) {
      at = at.user(user.get());
    }
    if (port.isPresent()) {
      at = at.port(port.get());
    }
    at = withCredentials(at, password);
    if (jump.isPresent()) {
      Ssh between = jump.get().host();
      boolean namesUser = jump.get().namesUser();
      Ssh named = namesUser ? between : user.map(between::user).orElse(between);
      at = at.through(withCredentials(named, jumpPassword));
    }
    return at;
  }

  private Ssh withCredentials(Ssh host, Optional<Secret> word) {
    Ssh with = mac.map(host::mac).orElse(host);
    if (key.isPresent()) {
      Path file = key.get();
      with = passphrase.isPresent() ? with.key(file, passphrase.get()) : with.key(file);
    }
    if (word.isPresent()) {
      with = with.password(word.get());
    }
    return knownHosts.isPresent() ? with.knownHosts(knownHosts.get()) : with;
  }
}
