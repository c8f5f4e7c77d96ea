package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits and tags that the real git signed, and allowed signers as the real git reads them. */
@Tag("slow")
class GitSignatureTest {
  private static final Map<String, String> A = Map.of("a.fluke.yaml", PairKind.file("a"));

  @TempDir private static Path dir;
  private static SignedRepo signed;

  @BeforeAll
  static void create() {
    signed = SignedRepo.in(dir);
    signed.key("ann", "ed25519");
    signed.key("bob", "ed25519");
  }

  @BeforeEach
  void allow() throws Exception {
    signed.allow("ann");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521", "rsa -b 2048"})
  void adoptsACommitOfEachTypeOfKey(String type) throws Exception {
    String name = type.replaceAll("\\W", "");
    signed.key(name, type);
    signed.allow("ann", name);
    String id = signed.push(name, "One", A);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  @Test
  void refusesAnUnsignedCommitAlsoAsTheFirstOne() throws Exception {
    String unsigned = signed.repo.push("One", A);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      assertThat(infra.poll())
          .isEqualTo(
              "broken %s [the commit is not signed; sign it with one of the keys in %s]"
                  .formatted(unsigned, signed.signers));
      assertThat(infra.poll()).isEqualTo("unchanged");

      String id = signed.push("ann", "Two", Map.of());
      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  @Test
  void namesTheKeyThatIsNotAllowed() throws Exception {
    String id = signed.push("bob", "One", A);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      assertThat(infra.poll())
          .startsWith("broken " + id + " [the commit has a signature that is made by ssh-ed25519 ")
          .endsWith(", which %s does not name]".formatted(signed.signers));
    }
  }

  @Test
  void asksTheFileAgainForEachCommitAndForARefusedOne() throws Exception {
    String first = signed.push("bob", "One", A);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      assertThat(infra.poll()).startsWith("broken " + first);
      signed.allow("ann", "bob");
      assertThat(infra.poll()).as("the same commit").isEqualTo(first + " a");
      signed.allow("ann");
      assertThat(infra.poll()).as("what is in force stays").isEqualTo("unchanged");
      String second = signed.push("bob", "Two", Map.of());
      assertThat(infra.poll()).as("a revoked key").startsWith("broken " + second);
    }
  }

  @Test
  void adoptsNothingWhileTheFileIsBrokenAndSaysWhere() throws Exception {
    String id = signed.push("ann", "One", A);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      String good = Files.readString(signed.signers);
      Files.writeString(signed.signers, "\n" + good + "ann@example.com ssh-ed25519 AAAA\n");
      assertThat(infra.poll())
          .isEqualTo(
              "broken %s [%s:3: the line has a key that is cut off]".formatted(id, signed.signers));
      Files.delete(signed.signers);
      assertThat(infra.poll())
          .isEqualTo(
              "broken %s [the allowed signers can't be read: %s: no such file]"
                  .formatted(id, signed.signers));
      Files.writeString(signed.signers, good);
      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  @Test
  void reportsTheMistakesOfTheFileWhenTheSourceIsDeclared() throws Exception {
    Files.writeString(signed.signers, "# nobody\n");
    assertThat(signed.source().problems())
        .containsExactly(signed.signers + ": names no signer, so no commit could be adopted");
    Files.writeString(signed.signers, "x cert-authority " + signed.publicKey("ann") + "\nx y\n");
    assertThat(signed.source().problems())
        .containsExactly(
            signed.signers
                + ":1: the line has the option 'cert-authority', which is not supported; name the"
                + " keys that sign",
            signed.signers
                + ":2: the line has 'y', which is neither an option nor a type of key; the options"
                + " are namespaces, valid-after and valid-before");
  }

  @Test
  void adoptsNothingWhileOthersCanChangeTheFile() throws Exception {
    String id = signed.push("ann", "One", A);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      Files.setPosixFilePermissions(signed.signers, PosixFilePermissions.fromString("rw-rw-rw-"));
      assertThat(infra.poll())
          .isEqualTo(
              "broken %1$s [%2$s can be written by others (mode 0666); run chmod go-w %2$s]"
                  .formatted(id, signed.signers));
      Files.setPosixFilePermissions(signed.signers, PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(infra.poll()).isEqualTo(id + " a");
    }
  }

  /** The key signs commits of 2024-06-15 12:00 UTC. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann@example.com",
        "* namespaces=\"git\"",
        "* NameSpaces=\"file,g*\"",
        "* namespaces=\"file\"",
        "* namespaces=\"!git,*\"",
        "* namespaces=\"GIT\"",
        "a valid-after=\"20240615120000Z\"",
        "a valid-after=\"20240615120001Z\"",
        "a valid-before=\"20240615120000Z\"",
        "a valid-before=\"20240615115959Z\"",
        "a valid-before=\"20240615Z\"",
        "a valid-before=\"202406151200z\"",
        "a valid-after=\"20240615\",valid-before=\"20240616\"",
        "a valid-after=\"20240614\",namespaces=\"git\"",
        "!*",
        "!*,a",
        "!a,b",
        "a,,b",
        "\"a b\"",
        "a?b,*",
      })
  void allowsWhatGitAllows(String line) throws Exception {
    Files.writeString(signed.signers, line + " " + signed.publicKey("ann") + " comment\n");
    String id = commitOf("1718452800 +0200");
    boolean trusted = signed.gitTrusts("verify-commit", id);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      assertThat(infra.poll()).startsWith(trusted ? id + " a" : "broken " + id);
    }
  }

  /** Signed by ann, who says that it is of this time. */
  private String commitOf(String time) {
    String unsigned = signed.repo.commit("One", A);
    String content =
        signed
            .raw("commit", unsigned)
            .replaceAll("(?m)^committer .*$", "committer A <a@b> " + time);
    String id = signed.write("commit", signedBy("ann", content));
    signed.publish(id, "refs/heads/main");
    return id;
  }

  private String signedBy(String key, String content) {
    String signature = signed.signature(key, "git", content).strip().replace("\n", "\n ");
    return content.replaceFirst("\n\n", "\ngpgsig " + signature + "\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1718452800", "0 +0000", "x", "253402300799 +0000", "253402300800 +0000"})
  void readsTheTimeOfTheCommitterAsGitDoes(String time) throws Exception {
    Files.writeString(
        signed.signers, "a valid-after=\"20250101Z\" " + signed.publicKey("ann") + "\n");
    String id = commitOf(time);
    boolean trusted = signed.gitTrusts("verify-commit", id);
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      assertThat(infra.poll()).startsWith(trusted ? id + " a" : "broken " + id);
    }
  }

  @Test
  void namesTheLineWhoseTimeHasPassed() throws Exception {
    String line = "a valid-before=\"20240615Z\" " + signed.publicKey("ann") + "\n";
    Files.writeString(signed.signers, "# keys\n" + line);
    String id = commitOf("1718452800 +0000");
    try (FollowedSource infra = new FollowedSource(signed.source())) {
      assertThat(infra.poll())
          .startsWith("broken " + id)
          .endsWith(
              " at 2024-06-15T12:00:00Z; %s:2 allows its key until 2024-06-15T00:00:00Z]"
                  .formatted(signed.signers));
    }
  }

  @Test
  void asksATagForTheSignatureOfItsObject() throws Exception {
    String unsigned = signed.repo.push("One", A);
    signed.signing("ann", "tag", "-s", "-m", "x", "v1", unsigned);
    signed.publish("refs/tags/v1", "refs/tags/v1");
    String commit = signed.push("ann", "Two", Map.of());
    signed.repo.git("tag", "-a", "-m", "x", "v2", commit);
    signed.publish("refs/tags/v2", "refs/tags/v2");
    signed.publish(commit, "refs/tags/v3");
    try (FollowedSource good = new FollowedSource(signed.source().tag("v1"));
        FollowedSource annotated = new FollowedSource(signed.source().tag("v2"));
        FollowedSource plain = new FollowedSource(signed.source().tag("v3"))) {
      assertThat(good.poll()).isEqualTo(unsigned + " a");
      assertThat(annotated.poll())
          .endsWith(
              "[the tag object is not signed; sign it with one of the keys in "
                  + signed.signers
                  + "]");
      assertThat(plain.poll())
          .endsWith("[tag 'v3' is not a tag object, so nobody signed it; make it with git tag -s]");
    }
  }

  @Test
  void asksAPinnedCommitForItsSignature() throws Exception {
    String first = signed.repo.push("One", A);
    String second = signed.push("ann", "Two", Map.of());
    try (FollowedSource unsigned = new FollowedSource(signed.source().commit(first));
        FollowedSource good = new FollowedSource(signed.source().commit(second))) {
      assertThat(unsigned.poll()).startsWith("broken " + first);
      assertThat(good.poll()).isEqualTo(second + " a");
    }
  }
}
