package dev.fluke.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.fluke.command.Secret;
import java.util.ArrayList;
import java.util.List;

/** Makes sessions of JSch as the options ask for. */
final class SshSessions {
  /** After so many unanswered questions a silent host counts as lost. */
  static final int MAX_UNANSWERED = 3;

  private static final String MACS =
      "hmac-sha2-256-etm@openssh.com,hmac-sha2-512-etm@openssh.com,hmac-sha2-256,hmac-sha2-512";

  private SshSessions() {}

  /**
   * A session that is not connected yet; the keys are read now.
   *
   * @throws JSchException if one of them can't be read
   */
  static Session unconnected(SshOptions options, HostKeys hostKeys) throws JSchException {
    SshOptions.Login login = options.login();
    JSch jsch = new JSch();
    jsch.setHostKeyRepository(hostKeys);
    jsch.setIdentityRepository(SshIdentities.of(login, System.getenv("SSH_AUTH_SOCK")));
    Session session =
        jsch.getSession(login.user(), options.endpoint().host(), options.endpoint().port());
    Secret password = login.password();
    if (password != null) {
      session.setUserInfo(new PasswordPrompts(password.reveal()));
    }
    String macs = macs(options);
    session.setConfig("mac.c2s", macs);
    session.setConfig("mac.s2c", macs);
    session.setConfig("server_host_key", hostKeys.algorithms(session.getConfig("server_host_key")));
    session.setConfig("PreferredAuthentications", String.join(",", methods(login)));
    session.setConfig("StrictHostKeyChecking", "yes");
    session.setConfig("enable_auth_none", "no"); // saves a round trip
    session.setConfig("enable_pubkey_auth_query", "no"); // and another
    session.setConfig("try_additional_pubkey_algorithms", "no"); // each counts as another key
    session.setDaemonThread(true);
    session.setServerAliveInterval(Math.toIntExact(options.limits().keepAlive().toMillis()));
    session.setServerAliveCountMax(MAX_UNANSWERED);
    return session;
  }

  /** SHA-1 only if it was named, and last. */
  static String macs(SshOptions options) {
    List<String> all = new ArrayList<>(List.of(MACS));
    all.addAll(options.macs());
    return String.join(",", all);
  }

  /** The methods of RFC 4252 to try, in this order. */
  static List<String> methods(SshOptions.Login login) {
    List<String> methods = new ArrayList<>();
    if (login.password() == null || !login.keys().isEmpty() || login.agent()) {
      methods.add("publickey");
    }
    if (login.password() != null) {
      methods.add("password");
      methods.add("keyboard-interactive");
    }
    return methods;
  }
}
