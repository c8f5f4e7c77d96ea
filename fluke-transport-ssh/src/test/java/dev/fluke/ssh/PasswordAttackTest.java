package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Secret;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.UnreachableException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.UserAuthFactory;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.session.ServerSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jump host and a target that ask for passwords in every way, and keep what they hear. */
@Tag("attack")
@Tag("slow")
class PasswordAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final String OF_TARGET = "canary-password-of-the-target";
  private static final String OF_JUMP = "canary-password-of-the-jump-host";

  @TempDir Path dir;
  private final Scheduler scheduler = Scheduler.system();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  void hearsNoPasswordOfAnotherHost() throws Exception {
    Path key = dir.resolve("key");
    dev.fluke.ssh.SshServer.keygen(key, "-t", "ecdsa", "-N", "");
    int successes = 0;
    try (Listener jump = new Listener(OF_JUMP);
        Listener target = new Listener(OF_TARGET)) {
      for (int i = 0; i < TRIES; i++) {
        jump.accepts(List.of("keyboard-interactive", "password", "none").get(i % 3));
        target.accepts(List.of("keyboard-interactive", "password").get(i % 2));
        Ssh withPassword = jump.ssh().password(Secret.of(OF_JUMP));
        Ssh between = i % 5 == 4 ? jump.ssh().key(key) : withPassword;
        tryToLogIn(target.ssh().password(Secret.of(OF_TARGET)).through(between));
        successes += jump.heard(OF_TARGET) + target.heard(OF_JUMP);
      }
      assertThat(jump.heard(OF_JUMP)).isPositive();
      assertThat(target.heard(OF_TARGET)).isPositive();
      assertThat(jump.all()).isSubsetOf(OF_JUMP);
      assertThat(target.all()).isSubsetOf(OF_TARGET);
    }
    System.out.printf("attack\tpassword-to-jump-host\t%d\t%d%n", TRIES, successes);
    assertThat(successes).isZero();
  }

  private void tryToLogIn(Ssh ssh) throws Exception {
    try (SshLine line = new SshConnector(ssh.options(), scheduler).connect()) {
      assertThat(line.isOpen()).isTrue();
    } catch (UnreachableException e) {
      assertThat(e).hasMessageStartingWith("jump host ");
      assertThat(e.getMessage()).doesNotContain("canary");
    }
  }

  @Test
  void hearsAPasswordOnceInEachWay() throws Exception {
    try (Listener host = new Listener("canary-another")) {
      for (String way : List.of("keyboard-interactive", "password", "both")) {
        host.accepts(way);
        Ssh ssh = host.ssh().password(Secret.of(OF_TARGET));
        assertThatThrownBy(() -> new SshConnector(ssh.options(), scheduler).connect())
            .isInstanceOfSatisfying(
                UnreachableException.class, e -> assertThat(e.isLoginRefused()).isTrue());
        assertThat(host.all()).hasSize(way.equals("both") ? 2 : 1).containsOnly(OF_TARGET);
        host.forget();
      }
    }
  }

  /** A server that writes down each password. */
  private static final class Listener implements AutoCloseable {
    private final SshServer mina = SshServer.setUpDefaultServer();
    private final KeyPair hostKey;
    private final String right;
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    Listener(String right) throws Exception {
      this.right = right;
      KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
      keys.initialize(256);
      hostKey = keys.generateKeyPair();
      mina.setHost("127.0.0.1");
      mina.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
      mina.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
      mina.setPublickeyAuthenticator((user, key, session) -> true);
      mina.setPasswordAuthenticator((user, word, session) -> hears(word));
      mina.setKeyboardInteractiveAuthenticator(new Prompting());
      accepts("both");
      mina.start();
    }

    private boolean hears(String word) {
      heard.add(word);
      return word.equals(right);
    }

    /** From now on it has these methods, beside keys. */
    void accepts(String way) {
      List<UserAuthFactory> all = new ArrayList<>();
      all.add(UserAuthPublicKeyFactory.INSTANCE);
      if (!way.equals("password") && !way.equals("none")) {
        all.add(UserAuthKeyboardInteractiveFactory.INSTANCE);
      }
      if (!way.equals("keyboard-interactive") && !way.equals("none")) {
        all.add(UserAuthPasswordFactory.INSTANCE);
      }
      mina.setUserAuthFactories(all);
    }

    int heard(String word) {
      return Collections.frequency(all(), word);
    }

    List<String> all() {
      synchronized (heard) {
        return List.copyOf(heard);
      }
    }

    void forget() {
      heard.clear();
    }

    Ssh ssh() {
      return Ssh.to("127.0.0.1")
          .port(mina.getPort())
          .user("fluke")
          .hostKey(KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic()));
    }

    @Override
    public void close() throws Exception {
      mina.stop(true);
    }

    private final class Prompting implements KeyboardInteractiveAuthenticator {
      @Override
      public InteractiveChallenge generateChallenge(
          ServerSession session, String user, String language, String methods) {
        InteractiveChallenge challenge = new InteractiveChallenge();
        challenge.setInteractionName("");
        challenge.setInteractionInstruction("");
        challenge.setLanguageTag("");
        challenge.addPrompt("TACACS Password for %s: ".formatted(user), false);
        return challenge;
      }

      @Override
      public boolean authenticate(ServerSession session, String user, List<String> answers) {
        return answers.stream().map(Listener.this::hears).reduce(false, Boolean::logicalOr);
      }
    }
  }
}
