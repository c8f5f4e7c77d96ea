package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.executor.CheckResult;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
  private static final FileDeclaration TEXT =
      FileDeclaration.of("/etc/motd", Content.of("new\n".getBytes(UTF_8)));
  private static final FileDeclaration ABSENT = FileDeclaration.of("/etc/motd", null);

  private static CheckResult compare(FileDeclaration declared, String printed) {
    return new Comparison(declared).with(FileState.of(CommandResult.exited(0).withStdout(printed)));
  }

  private static String file(String content, boolean sent) {
    byte[] bytes = content.getBytes(UTF_8);
    return "file\n644:0:0:%d:0:0::root:root:1\n%s\n%s"
        .formatted(bytes.length, Content.sha256(bytes), sent ? content : "");
  }

  private static List<String> differences(CheckResult result) {
    return result.fold(
        inSync -> List.of(),
        drifted -> drifted.differences().stream().map(Object::toString).toList(),
        unknown -> List.of("unknown: " + unknown.why()));
  }

  @Test
  void findsNoDriftInTheDeclaredState() {
    assertThat(differences(compare(TEXT, file("new\n", false)))).isEmpty();
    assertThat(differences(compare(ABSENT, "missing\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"missing, missing", "directory, a directory", "special, neither file nor directory"})
  void namesWhatIsInPlaceOfAFile(String kind, String words) {
    assertThat(differences(compare(TEXT, kind + "\n")))
        .containsExactly("file should be 'a regular file', is '" + words + "'");
  }

  @Test
  void namesWhatMustBeAbsent() {
    assertThat(differences(compare(ABSENT, file("x", false))))
        .containsExactly("file should be 'missing', is 'a regular file'");
  }

  @Test
  void showsADiffOfTextAndHashesOfWhatWasNotSent() {
    assertThat(differences(compare(TEXT, file("old\n", true))))
        .singleElement()
        .isEqualTo("content differs: 1 line removed, 1 added");
    assertThat(differences(compare(TEXT, file("old\n", false))))
        .singleElement()
        .asString()
        .endsWith("is '4 bytes with SHA-256 " + Content.sha256("old\n".getBytes(UTF_8)) + "'");
  }

  @Test
  void showsNothingOfASecret() {
    FileDeclaration secret = FileDeclaration.of("/etc/key", Content.of(Secret.of("canary")));

    assertThat(differences(compare(secret, file("other", true))))
        .containsExactly(
            "content should be 'the declared secret', is 'something else'",
            "mode should be '0600', is '0644'");
  }

  @Test
  void comparesASecretWithTheUserWhoReadsIt() {
    FileDeclaration secret = FileDeclaration.of("/etc/key", Content.of(Secret.of("canary")));
    String facts = "file\n600:7:8:6:1000:1001::user:group:1\n%s\n";
    FileAttributes given = FileAttributes.UNMANAGED.mode("0640").owner("7").group("group");

    assertThat(
            differences(compare(secret, facts.formatted(Content.sha256("canary".getBytes(UTF_8))))))
        .containsExactly("owner should be '1000', is '7'", "group should be '1001', is '8'");
    assertThat(
            differences(
                compare(
                    secret.options(FileOptions.DEFAULTS.attributes(given)),
                    facts.formatted(Content.sha256("canary".getBytes(UTF_8))))))
        .containsExactly("mode should be '0640', is '0600'");
  }

  @Test
  void showsNothingOfWhatOthersCanPutThere() {
    String found = "file\n644:0:0:4:0:0:shared:root:root:1\nother\n";

    assertThat(differences(compare(TEXT, found)))
        .singleElement()
        .asString()
        .endsWith("is 'something else, which is not shown: others can write in the directory'");
  }

  @Test
  void cannotTellWhereOthersSetTheWay() {
    assertThat(differences(compare(ABSENT, "refused\nothers can set the symbolic link /srv/a\n")))
        .containsExactly("unknown: others can set the symbolic link /srv/a");
  }

  @Test
  void comparesOnlyDeclaredAttributes() {
    FileAttributes wanted = FileAttributes.UNMANAGED.mode("0600").owner("root").group("33");
    FileDeclaration declared = TEXT.options(FileOptions.DEFAULTS.attributes(wanted));

    assertThat(differences(compare(declared, file("new\n", false))))
        .containsExactly("mode should be '0600', is '0644'", "group should be '33', is '0'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "deploy"})
  void namesTheUserWithoutAccess(String user) {
    FileDeclaration declared =
        user.isEmpty() ? TEXT : TEXT.options(FileOptions.DEFAULTS.runAs(user));

    assertThat(differences(compare(declared, "hidden\n/root\n")))
        .containsExactly(
            "unknown: /etc/motd is in /root, which can't be entered by %s; set run_as to a user who has access"
                .formatted(user.isEmpty() ? "the login user" : user));
  }
}
