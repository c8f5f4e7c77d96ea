package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.limited;
import static dev.fluke.ssh.Lab.result;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Accounts of all kinds, made for the test: what their shells make of us. */
@Tag("slow")
class AccountTest {
  @RegisterExtension
  static final Lab lab =
      new Lab(
          "AuthorizedKeysFile .ssh/authorized_keys",
          "PasswordAuthentication yes",
          "KbdInteractiveAuthentication no",
          "SetEnv LANG=C.UTF-8", // and so none of a HOME that is the same for all
          "PrintMotd yes",
          "Banner /etc/passwd");

  private Accounts accounts;

  @BeforeEach
  void accounts() throws Exception {
    accounts = lab.opened(new Accounts(lab.server()));
  }

  private Ssh as(String account) {
    return lab.server().ssh().user(account);
  }

  private void works(String account) throws Exception {
    try (HostConnection connection = lab.open(as(account))) {
      Command check = Command.shell("echo \"$USER $HOME\"; exit 3");
      assertThat(result(ask(connection, check)).exitStatus()).isEqualTo(3);
      assertThat(stdout(ask(connection, check)))
          .isEqualTo(account + " " + Accounts.home(account) + "\n");
      assertThat(stdout(connection.act(limited(Command.of("pwd")))))
          .isEqualTo(Accounts.home(account) + "\n");
    }
  }

  private void hasNoShell(String account, String why) throws Exception {
    UnreachableException e = lab.refused(as(account));
    assertThat(e).hasMessageContaining(why);
    assertThat(e.isLoginRefused()).isFalse();
  }

  @Tag("T17")
  @Test
  void worksWithFishAndCsh() throws Exception {
    works(accounts.add("/usr/bin/fish"));
    works(accounts.add("/bin/tcsh"));
    works(accounts.add("/bin/bash"));
  }

  @Tag("T17")
  @Test
  void reportsWhatAnAccountWithoutAShellPrinted() throws Exception {
    hasNoShell(
        accounts.add("/usr/sbin/nologin"),
        "the shell ended at once; it printed: This account is currently not available.");
    hasNoShell(accounts.add("/bin/false"), "the shell ended at once");
    hasNoShell(accounts.add("/bin/rbash"), "/bin/sh: restricted");
  }

  @Tag("T17")
  @Test
  void refusesAForcedCommandAsShellAndAsAnswer() throws Exception {
    String account = accounts.add("/bin/sh");
    accounts.mayLogIn(account, "command=\"printf 'only \\033[31mbackups'; exit 1\" ");
    hasNoShell(account, "the shell ended at once; it printed: only \\u001b[31mbackups");
  }

  @Tag("T17")
  @Test
  void worksWithAProfileThatPrintsButNotOneThatExits() throws Exception {
    String noisy = accounts.add("/bin/bash");
    accounts.write(noisy, ".bashrc", "echo hello from bashrc; echo oops >&2\n");
    works(noisy);
    String leaving = accounts.add("/bin/bash");
    accounts.write(leaving, ".bashrc", "echo maintenance; exit 0\n");
    hasNoShell(leaving, "the shell ended at once; it printed: maintenance");
  }

  @Tag("rule-16")
  @Test
  void worksWithoutAHomeAndWhateverTheProfileSets() throws Exception {
    String hash = SshServer.run(List.of("openssl", "passwd", "-6", "canary-word")).strip();
    String account = accounts.add("/bin/bash", "-p", hash);
    accounts.write(
        account,
        ".bashrc",
        "id() { echo x; }; cd() { :; }; export -f id cd; export HOME=/x PATH=/x IFS=/ CDPATH=/\n");
    works(account);
    Ssh ssh = as(account).password(Secret.of("canary-word"));
    SshServer.run(List.of("usermod", "-d", "/no/such", account));
    try (HostConnection connection = lab.open(ssh)) {
      Command where = limited(Command.shell("echo \"$HOME $(pwd)\"").env("PATH", "/x"));
      assertThat(stdout(ask(connection, where))).isEqualTo("/no/such /\n");
      assertThat(stdout(connection.act(where))).isEqualTo("/no/such /\n");
      assertThat(connection.remarks())
          .containsExactly(
              "two processes may both apply here: the home directory of %s can't be opened; whether an apply that lost its connection still runs is asked of its process"
                  .formatted(account));
    } finally {
      SshServer.run(List.of("usermod", "-d", Accounts.home(account).toString(), account));
    }
  }

  private long failures(String account) throws Exception {
    return lab.server().log().lines().filter(line -> line.contains(account)).count();
  }

  @Tag("T04")
  @Test
  void triesALoginOnceForALockedAccountOrAnInvalidShell() throws Exception {
    String locked = accounts.add("/bin/sh");
    SshServer.run(List.of("usermod", "-p", "!", locked));
    String shellless = accounts.add("/no/such/shell");
    for (String account : List.of(locked, shellless)) {
      UnreachableException e = lab.refused(as(account));
      assertThat(e.isLoginRefused()).as(e.getMessage()).isTrue();
      assertThat(
              lab.server()
                  .log()
                  .lines()
                  .filter(line -> line.contains("Failed publickey") && line.contains(account)))
          .hasSizeLessThanOrEqualTo(1);
      assertThat(failures(account)).isPositive();
    }
  }

  @Tag("T04")
  @Test
  void logsInWithAPasswordAndTriesAWrongOneOnce() throws Exception {
    String word = "canary-" + System.nanoTime();
    String hash = SshServer.run(List.of("openssl", "passwd", "-6", word)).strip();
    String account = accounts.add("/bin/sh", "-p", hash);
    Ssh byPassword =
        Ssh.to("127.0.0.1")
            .port(lab.server().port)
            .knownHosts(lab.server().knownHosts())
            .user(account);

    try (HostConnection connection = lab.open(byPassword.password(Secret.of(word)))) {
      assertThat(stdout(ask(connection, Command.of("id", "-un")))).isEqualTo(account + "\n");
    }
    UnreachableException e = lab.refused(byPassword.password(Secret.of("canary-wrong")));
    assertThat(e.isLoginRefused()).isTrue();
    assertThat(e).hasMessageStartingWith("login as " + account + " refused: ");
    assertThat(
            lab.server()
                .log()
                .lines()
                .filter(line -> line.contains("Failed password for " + account)))
        .hasSize(1);
  }

  @Tag("T04")
  @Test
  void opensAnEncryptedKeyWithItsPassphraseOnly() throws Exception {
    String account = accounts.add("/bin/sh");
    Path key = lab.dir().resolve("locked-" + account);
    SshServer.keygen(key, "-t", "ed25519", "-N", "canary-phrase");
    Path publicKey = key.resolveSibling(key.getFileName() + ".pub");
    accounts.write(account, ".ssh/authorized_keys", Files.readString(publicKey));
    Ssh ssh =
        Ssh.to("127.0.0.1")
            .port(lab.server().port)
            .knownHosts(lab.server().knownHosts())
            .user(account);

    lab.open(ssh.key(key, Secret.of("canary-phrase"))).close();
    for (Ssh wrong : List.of(ssh.key(key, Secret.of("canary-wrong")), ssh.key(key))) {
      UnreachableException e = lab.refused(wrong);
      assertThat(e.isLoginRefused()).as(e.getMessage()).isTrue();
      assertThat(e.getMessage()).doesNotContain("canary");
    }
  }
}
