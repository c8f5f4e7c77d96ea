package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.access.Credentials;
import dev.fluke.cli.access.Right;
import java.nio.file.Path;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialSectionsTest {
  private static final String TOKEN = "canary-0123456789abcdef0123456789abcdef";
  private static final String HASH =
      "16367aacb67a4a017c8da8ab95682ccb390863780f7114dda0a0e0c55644c7c4"; // of "second"

  @TempDir Path dir;

  private Credentials read(SectionFixture fixture) {
    return CredentialSections.of(fixture.root(), new ConfigFiles(dir, new ConcurrentHashMap<>()));
  }

  @Test
  void readsTokensFromTextFileAndHash() throws Exception {
    PrivateFile.write(dir.resolve("third"), "in-a-file-0123456789abcdef0123456789ab\n");
    SectionFixture fixture =
        SectionFixture.of(
            """
            token: %s
            tokens:
              - { name: ci, token_sha256: %s, may: [read, plan] }
              - name: web@team
                token_file: third
                may: [read, reconcile, force]
                on: { match_labels: { role: web } }
            """
                .formatted(TOKEN, HASH.toUpperCase(java.util.Locale.ROOT)));
    Credentials credentials = read(fixture);

    assertThat(fixture.problems()).isEmpty();
    assertThat(credentials.ofToken(TOKEN)).contains(Caller.unrestricted("token"));
    Caller ci = credentials.ofToken("second").orElseThrow();
    assertThat(ci.name()).isEqualTo("ci");
    assertThat(ci.rights()).containsExactlyInAnyOrder(Right.READ, Right.PLAN);
    assertThat(ci.isRestricted()).isFalse();
    Caller web = credentials.ofToken("in-a-file-0123456789abcdef0123456789ab").orElseThrow();
    assertThat(web.rights()).containsExactlyInAnyOrder(Right.READ, Right.RECONCILE, Right.FORCE);
    assertThat(web.on()).hasToString("role is web");
    assertThat(credentials.toString()).doesNotContain("canary", HASH);
  }

  @Test
  void readsClients() {
    SectionFixture fixture =
        SectionFixture.of("clients: [ { subject: 'CN=ann, O=Example', may: [read] } ]\n");
    Credentials credentials = read(fixture);

    assertThat(fixture.problems()).isEmpty();
    assertThat(credentials.ofSubject(new X500Principal("CN=ann,O=Example")).orElseThrow().name())
        .isEqualTo("CN=ann,O=Example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = " => ",
      quoteCharacter = '`',
      value = {
        "tokens: ci => 'tokens': must be a list, is text",
        "tokens: [ ci ] => tokens: must be a mapping, is text",
        "tokens: [ { token: T, may: [read] } ] => tokens: 'name' is missing: it is the actor of manual runs",
        "tokens: [ { name: ci, may: [read] } ] => tokens: requires exactly one of token, token_file, token_sha256",
        "tokens: [ { name: ci, token: T, token_sha256: H, may: [read] } ] => tokens: requires exactly one of token, token_file, token_sha256",
        "tokens: [ { name: ci, token: T } ] => tokens: 'may' is missing: some of read, plan, reconcile, force",
        "tokens: [ { name: ci, token: T, may: [] } ] => tokens: 'may' is empty; name some of read, plan, reconcile, force",
        "tokens: [ { name: ci, token: T, may: read } ] => tokens: 'may': must be a list, is text",
        "tokens: [ { name: ci, token: T, may: [raed] } ] => tokens: 'may': is 'raed', must be one of read, plan, reconcile, force; did you mean 'read'?",
        "tokens: [ { name: ci, token: T, may: [[read]] } ] => tokens: 'may': must be text, is a list",
        "tokens: [ { name: ci, token: T, may: [read], of: x } ] => tokens: unknown key 'of'; did you mean 'on'? Known: may, name, on, token, token_file, token_sha256",
        "tokens: [ { name: ci, token: T, may: [read], on: {} } ] => tokens: on: selects nothing; to select every agent, write on: { all: true }",
        "tokens: [ { name: ci, token: T, may: [read], on: { role: web } } ] => tokens: on: unknown key 'role'; put labels into match_labels: { role: … }",
        "tokens: [ { name: 'unix:root', token: T, may: [read] } ] => tokens: 'name': must be at most 100 letters, digits, and . _ - @, and begin with a letter or a digit",
        "tokens: [ { name: ci, token: 'a b', may: [read] } ] => tokens: 'token': must be printable ASCII without spaces",
        "tokens: [ { name: ci, token_sha256: T, may: [read] } ] => tokens: 'token_sha256': must be 64 hexadecimal digits, as 'echo -n \"$TOKEN\" | sha256sum' prints them",
        "tokens: [ { name: ci, token: T, may: [read] }, { name: ci, token: U, may: [read] } ] => tokens: name 'ci' is a duplicate; each token needs a name of its own",
        "tokens: [ { name: ci, token: T, may: [read] }, { name: bob, token: T, may: [read] } ] => tokens: the tokens of 'ci' and 'bob' are the same; each name needs a token of its own",
        "tokens: [ { name: token, token: T, may: [read] } ];;token: U => tokens: name 'token' is a duplicate; each token needs a name of its own",
        "clients: [ { may: [read] } ] => clients: 'subject' is missing: the subject of the certificate, as 'openssl x509 -noout -subject -nameopt RFC2253' prints it",
        "clients: [ { subject: ann, may: [read] } ] => clients: 'subject': must be a subject such as CN=ann,O=Example",
        "clients: [ { subject: 'CN=a', may: [read] }, { subject: 'cn=A', may: [read] } ] => clients: the subject is a duplicate; remove one of the two",
      })
  void reportsEachMistake(String yaml, String problem) {
    String tokens =
        yaml.replace("token: T", "token: " + TOKEN)
            .replace("256: H", "256: " + HASH)
            .replace("token: U", "token: " + TOKEN + "x");
    SectionFixture fixture = SectionFixture.of(tokens.replace(";;", "\n") + "\n");
    read(fixture);

    assertThat(fixture.problems()).singleElement().asString().endsWith(": " + problem);
  }

  @Test
  void reportsAFileThatHasNoToken() throws Exception {
    PrivateFile.write(dir.resolve("large"), "x".repeat(5000));
    PrivateFile.write(dir.resolve("empty"), "\n");
    for (String file : new String[] {"missing", "large", "empty"}) {
      SectionFixture fixture =
          SectionFixture.of(
              "tokens: [ { name: ci, token_file: %s, may: [read] } ]\n".formatted(file));
      read(fixture);

      assertThat(fixture.problems()).singleElement().asString().contains("'token_file': ");
    }
  }
}
