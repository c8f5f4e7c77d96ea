package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A committer without an allowed key, who can push whatever he likes, makes Fluke adopt his commit.
 */
@Tag("attack")
@Tag("slow")
class GitSignatureAttackTest {
  @TempDir private static Path dir;
  private static SignatureAttack attack;

  @BeforeAll
  static void sign() throws Exception {
    attack = new SignatureAttack(dir);
  }

  private static String signatureOf(String commit) throws Exception {
    return SignedObject.commit(commit.getBytes(ISO_8859_1)).signature();
  }

  @Test
  void adoptsNoCommitWithAForeignSignature() throws Exception {
    String ofGood = signatureOf(attack.good);
    String ofEve = attack.signed.signature("eve", "git", attack.evil);
    String head = attack.evil.substring(0, attack.evil.indexOf("\n\n"));
    String other = SignatureAttack.with(attack.evil, ofGood);
    Map<String, String> attacks = new LinkedHashMap<>();
    attacks.put("no signature", attack.evil);
    attacks.put("moved from another commit", other);
    attacks.put("of an unknown key", SignatureAttack.with(attack.evil, ofEve));
    attacks.put(
        "of ann, then of eve",
        SignatureAttack.with(SignatureAttack.with(attack.evil, ofEve), ofGood));
    attacks.put(
        "of eve, then of ann",
        SignatureAttack.with(SignatureAttack.with(attack.evil, ofGood), ofEve));
    attacks.put("two in one header", SignatureAttack.with(attack.evil, ofEve + ofGood));
    attacks.put(
        "two of ann", SignatureAttack.with(SignatureAttack.with(attack.evil, ofGood), ofGood));
    attacks.put("only for SHA-256", other.replace("\ngpgsig ", "\ngpgsig-sha256 "));
    attacks.put("in the message", attack.evil + "\ngpgsig " + ofGood);
    attacks.put(
        "after an empty line", attack.evil.replaceFirst("\n\n", "\n\ngpgsig " + ofGood + "\n"));
    attacks.put("in a header that goes on", other.replace("\ngpgsig ", "\nmergetag x\n gpgsig "));
    attacks.put("in a line that goes on", other.replace("\ngpgsig ", "\n gpgsig "));
    attacks.put("with a tab", other.replace("\ngpgsig ", "\ngpgsig\t"));
    attacks.put(
        "for files",
        SignatureAttack.with(attack.evil, attack.signed.signature("ann", "file", attack.evil)));
    attacks.put(
        "without a namespace",
        SignatureAttack.with(attack.evil, new ForgedSignature(key("ann")).namespace("").armored()));
    attacks.put(
        "of nothing", SignatureAttack.with(attack.evil, attack.signed.signature("ann", "git", "")));
    attacks.put(
        "of the head",
        SignatureAttack.with(attack.evil, attack.signed.signature("ann", "git", head)));
    attacks.put(
        "of the good commit",
        SignatureAttack.with(
            attack.evil, attack.signed.signature("ann", "git", "tree " + "0".repeat(40))));
    attacks.put(
        "of OpenPGP",
        SignatureAttack.with(attack.evil, ofGood.replace("SSH SIGNATURE", "PGP SIGNATURE")));
    attacks.put(
        "of X.509",
        SignatureAttack.with(attack.evil, ofGood.replace("SSH SIGNATURE", "SIGNED MESSAGE")));
    attacks.put(
        "not in armor",
        SignatureAttack.with(attack.evil, ofGood.replace("-----BEGIN SSH SIGNATURE-----\n", "")));
    attacks.put(
        "without an end", SignatureAttack.with(attack.evil, ofGood.replaceAll("\n-----END.*", "")));

    attack.tryEach(
        "git-signature-foreign",
        Constants.OBJ_COMMIT,
        new GitRef(SignatureAttack.MAIN),
        List.copyOf(attacks.values()));
  }

  @Test
  void adoptsNoGoodCommitThatWasChanged() throws Exception {
    String evilTree = attack.evil.substring(0, attack.evil.indexOf('\n'));
    String goodTree = attack.good.substring(0, attack.good.indexOf('\n'));
    List<String> changed = new ArrayList<>();
    changed.add(attack.good.replace(goodTree, evilTree));
    changed.add(attack.good.replace(goodTree, evilTree + "\n" + goodTree));
    changed.add(attack.good.replace(goodTree, goodTree + "\n" + evilTree));
    changed.add(attack.good.replace(goodTree, goodTree + "\nparent " + attack.evilId));
    changed.add(attack.good.replace("\nauthor Ann", "\nauthor Eve"));
    changed.add(
        attack.good.replaceFirst(
            "\ncommitter Ann <ann@example.com> \\d+", "\ncommitter Ann <ann@example.com> 1"));
    changed.add(attack.good.replace("\ngpgsig ", "\nencoding ISO-8859-1\ngpgsig "));
    changed.add(
        attack.good.replaceFirst("(?s)(\n -----END SSH SIGNATURE-----\n)", "$1encoding UTF-16\n"));
    changed.add(attack.good + "\n");
    changed.add(attack.good.replace("Good", "Evil"));
    changed.add(attack.good.replace("\n\nGood", "\n\n\nGood"));
    changed.add(attack.good.replace("\n", "\r\n"));
    changed.add(attack.good.replace("\ncommitter", "\r\ncommitter"));
    changed.add(attack.good.replace("\ncommitter", "\n\0committer"));
    changed.removeIf(attack.good::equals);
    assertThat(changed).hasSize(14);
    Random random = new Random(19);
    int author = attack.good.indexOf("\nauthor") + 1;
    int message = attack.good.length() - 5;
    int signature = attack.good.indexOf("-----BEGIN") + 40;
    for (int i = 0; i < SignatureAttack.TRIES; i++) {
      int at =
          i % 2 == 0 ? random.nextInt(author, signature - 50) : signature + random.nextInt(200);
      at = i % 5 == 0 ? message : at;
      char flipped = (char) (attack.good.charAt(at) ^ (1 << random.nextInt(5)));
      if (attack.good.charAt(at) != '\n' && flipped != '\n' && !Character.isWhitespace(flipped)) {
        changed.add(attack.good.substring(0, at) + flipped + attack.good.substring(at + 1));
      }
    }

    attack.tryEach(
        "git-signature-changed", Constants.OBJ_COMMIT, new GitRef(SignatureAttack.MAIN), changed);
  }

  private static String key(String name) throws Exception {
    return attack.signed.publicKey(name);
  }

  @Test
  void adoptsNoTagThatNobodyAllowedSigned() throws Exception {
    String evilCommit =
        attack.publish(Constants.OBJ_COMMIT, new GitRef("refs/heads/evil"), attack.evil);
    String armor = attack.goodTag.substring(attack.goodTag.indexOf("-----BEGIN"));
    String content = attack.goodTag.substring(0, attack.goodTag.indexOf("-----BEGIN"));
    String moved = content.replaceFirst("^object [0-9a-f]{40}", "object " + evilCommit);
    List<String> tags = new ArrayList<>();
    tags.add(moved);
    tags.add(moved + armor);
    tags.add(moved + attack.signed.signature("eve", "git", moved));
    tags.add(moved + attack.signed.signature("ann", "file", moved));
    tags.add(content + armor + "more text\n");
    tags.add(content + armor + armor);
    tags.add(moved + armor.replace("SSH SIGNATURE", "PGP SIGNATURE"));
    tags.add(moved + content + armor);
    tags.add(moved.replaceFirst("\n\n", "\ngpgsig " + armor.strip().replace("\n", "\n ") + "\n\n"));
    tags.add(attack.goodTag.replace("\ntag v1\n", "\ntag v2\n"));
    tags.add(content.replace("\ntagger", "\ntagger X <x@y> 1 +0000\ntagger") + armor);

    attack.tryEach("git-signature-tag", Constants.OBJ_TAG, GitRef.tag("v1"), tags);
    attack.tryEach(
        "git-signature-other-tag",
        Constants.OBJ_TAG,
        GitRef.tag("stable"),
        List.of(attack.goodTag));
    attack.tryEach(
        "git-signature-tag-as-branch",
        Constants.OBJ_TAG,
        new GitRef(SignatureAttack.MAIN),
        List.of(attack.goodTag));
    attack.tryEach(
        "git-signature-plain-tag", Constants.OBJ_COMMIT, GitRef.tag("plain"), List.of(attack.good));
  }

  @Test
  void adoptsNoOlderCommitAfterARestart() throws Exception {
    String older =
        attack.signed.push("ann", "Older", Map.of("a.fluke.yaml", PairKind.file("older")));
    String newer =
        attack.signed.push("ann", "Newer", Map.of("a.fluke.yaml", PairKind.file("newer")));
    GitSource source = attack.signed.source().fastForwardOnly().mirror(dir.resolve("kept"));
    int successes = 0;
    for (int i = 0; i < 3; i++) {
      try (FollowedSource infra = new FollowedSource(source)) {
        assertThat(infra.poll()).isEqualTo(newer + " newer");
        attack.signed.publish(older, SignatureAttack.MAIN);
        successes += infra.poll().startsWith("broken " + older) ? 0 : 1;
      }
      try (FollowedSource again = new FollowedSource(source)) {
        successes += again.poll().startsWith("broken " + older) ? 0 : 1;
        attack.signed.publish(newer, SignatureAttack.MAIN);
        assertThat(again.poll()).isEqualTo(newer + " newer");
      }
    }

    System.out.printf("attack\tgit-older-commit\t%d\t%d%n", 6, successes);
    assertThat(successes).isZero();
  }
}
