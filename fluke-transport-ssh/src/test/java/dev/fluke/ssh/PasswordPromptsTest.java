package dev.fluke.ssh;

import static dev.fluke.ssh.Lab.ask;
import static dev.fluke.ssh.Lab.stdout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Command;
import dev.fluke.command.Secret;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.UnreachableException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a host hears that prompts for a password; the first test asks a real PAM. */
@Tag("T04")
class PasswordPromptsTest {
  private static final String PASSWORD = "canary-password-of-pam";

  @RegisterExtension
  static final Lab lab =
      new Lab("UsePAM yes", "PasswordAuthentication no", "KbdInteractiveAuthentication yes");

  private final PasswordPrompts prompts = new PasswordPrompts(PASSWORD);

  private String[] prompted(String... all) {
    return prompts.promptKeyboardInteractive("u@h", "", "Welcome", all, new boolean[all.length]);
  }

  @Test
  void logsInWhereTheHostPromptsForThePassword() throws Exception {
    Accounts accounts = lab.opened(new Accounts(lab.server()));
    String hash = SshServer.run(List.of("openssl", "passwd", "-6", PASSWORD)).strip();
    String account = accounts.add("/bin/sh", "-p", hash);
    Ssh ssh =
        Ssh.to("127.0.0.1")
            .port(lab.server().port)
            .knownHosts(lab.server().knownHosts())
            .user(account);

    try (HostConnection connection = lab.open(ssh.password(Secret.of(PASSWORD)))) {
      assertThat(stdout(ask(connection, Command.of("id", "-un")))).isEqualTo(account + "\n");
    }
    UnreachableException wrong = lab.refused(ssh.password(Secret.of("canary-wrong")));
    assertThat(wrong.isLoginRefused()).isTrue();
    assertThat(wrong)
        .hasMessageStartingWith("login as " + account + " refused: the host refused the password;");
    assertThat(lab.server().log().lines().filter(line -> line.contains("PAM: Authentication fail")))
        .hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Password: ", "(ann@web-01) Password: ", "Passwort: ", "PIN"})
  void answersOnePromptOnceAfterThePasswordWasSent(String prompt) {
    assertThat(prompts.promptPassword("u@h")).isTrue();
    assertThat(prompts.getPassword()).isEqualTo(PASSWORD);
    assertThat(prompts.promptPassword("u@h")).isFalse();
    assertThat(prompted()).isEmpty();

    assertThat(prompted(prompt)).containsExactly(PASSWORD);
    assertThatThrownBy(() -> prompted(prompt)).hasMessage("the host refused the password");
    assertThat(prompted()).isEmpty();
  }

  @Test
  void answersNothingThatAsksForMoreThanAPassword() {
    assertThatThrownBy(() -> prompted("Password: ", "Code:\u001b[2J"))
        .hasMessage("the host asks for more than a password: Password: , Code:\\u001b[2J");
    assertThatThrownBy(
            () ->
                prompts.promptKeyboardInteractive(
                    "u@h", "", "", new String[] {"User: "}, new boolean[] {true}))
        .hasMessage("the host asks for more than a password: User: ");
  }

  @Test
  void neverGivesThePasswordAsANewOne() {
    assertThatThrownBy(
            () ->
                prompts.promptKeyboardInteractive(
                    "u@h",
                    "Password Change Required",
                    "Your password has expired",
                    new String[] {"New Password: "},
                    new boolean[] {false}))
        .hasMessage("the password has expired; set another one on the host");
  }

  @Test
  void agreesToNothingElse() {
    prompts.showMessage("banner");

    assertThat(prompts.promptYesNo("trust it?")).isFalse();
    assertThat(prompts.promptPassphrase("of the key")).isFalse();
    assertThat(prompts.getPassphrase()).isNull();
  }
}
