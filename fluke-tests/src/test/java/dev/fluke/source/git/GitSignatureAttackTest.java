package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.source.SourceUnavailableException;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
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
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final String UNAVAILABLE = "unavailable";
  private static final String MAIN = "refs/heads/main";

  @TempDir private static Path dir;
  private static SignedRepo signed;

  /** Signed by ann, whose key is allowed; and the same with another task, by nobody. */
  private static String good;

  private static String evil;
  private static String evilId;
  private static String goodTag;

  @BeforeAll
  static void sign() throws Exception {
    signed = SignedRepo.in(dir);
    signed.key("ann", "ed25519");
    signed.key("ecdsa", "ecdsa -b 256");
    signed.key("eve", "ed25519");
    signed.allow("ann", "ecdsa");
    String id = signed.push("ann", "Good", Map.of("a.fluke.yaml", PairKind.file("a")));
    good = signed.raw("commit", id);
    signed.signing("ann", "tag", "-s", "-m", "Good", "v1", id);
    goodTag = signed.raw("tag", "v1");
    evilId = signed.repo.commit("Evil", Map.of("a.fluke.yaml", PairKind.file("evil")));
    signed.publish(evilId, "refs/heads/evil");
    evil = signed.raw("commit", evilId);
  }

  /** Publishes the objects in turn, and counts those that are adopted. */
  private static void attack(String name, int type, GitRef ref, List<String> objects)
      throws Exception {
    int successes = 0;
    int unavailable = 0;
    List<String> adopted = new ArrayList<>();
    GitSource source = signed.source();
    GitSource followed = ref.isTag() ? source.tag(ref.shortName()) : source;
    try (FollowedSource infra = new FollowedSource(followed)) {
      for (String object : objects) {
        String id = publish(type, ref, object);
        String said = said(infra);
        unavailable += said.equals(UNAVAILABLE) ? 1 : 0;
        if (!said.startsWith("broken " + id) && !said.equals(UNAVAILABLE)) {
          successes++;
          adopted.add(object);
        }
      }
    }
    System.out.printf("attack\t%s\t%d\t%d%n", name, objects.size(), successes);
    assertThat(adopted).isEmpty();
    assertThat(unavailable).as("objects that even the server can't read").isLessThan(3);
  }

  private static String said(FollowedSource infra) throws Exception {
    try {
      return infra.poll();
    } catch (SourceUnavailableException e) {
      return UNAVAILABLE;
    }
  }

  private static String publish(int type, GitRef ref, String object) throws Exception {
    try (Repository bare =
            new FileRepositoryBuilder().setGitDir(signed.repo.bare.toFile()).build();
        ObjectInserter inserter = bare.newObjectInserter()) {
      ObjectId id = inserter.insert(type, object.getBytes(ISO_8859_1));
      inserter.flush();
      RefUpdate update = bare.updateRef(ref.name());
      update.setNewObjectId(id);
      update.setForceUpdate(true);
      update.update();
      return id.name();
    }
  }

  private static String with(String commit, String armored) {
    String header = "gpgsig " + armored.strip().replace("\n", "\n ") + "\n";
    return commit.replaceFirst("\n\n", "\n" + header + "\n");
  }

  private static String signatureOf(String commit) throws Exception {
    return SignedObject.commit(commit.getBytes(ISO_8859_1)).signature();
  }

  @Test
  void adoptsNoCommitWithAForeignSignature() throws Exception {
    String ofGood = signatureOf(good);
    String ofEve = signed.signature("eve", "git", evil);
    String head = evil.substring(0, evil.indexOf("\n\n"));
    String other = with(evil, ofGood);
    Map<String, String> attacks = new LinkedHashMap<>();
    attacks.put("no signature", evil);
    attacks.put("moved from another commit", other);
    attacks.put("of an unknown key", with(evil, ofEve));
    attacks.put("of ann, then of eve", with(with(evil, ofEve), ofGood));
    attacks.put("of eve, then of ann", with(with(evil, ofGood), ofEve));
    attacks.put("two in one header", with(evil, ofEve + ofGood));
    attacks.put("two of ann", with(with(evil, ofGood), ofGood));
    attacks.put("only for SHA-256", other.replace("\ngpgsig ", "\ngpgsig-sha256 "));
    attacks.put("in the message", evil + "\ngpgsig " + ofGood);
    attacks.put("after an empty line", evil.replaceFirst("\n\n", "\n\ngpgsig " + ofGood + "\n"));
    attacks.put("in a header that goes on", other.replace("\ngpgsig ", "\nmergetag x\n gpgsig "));
    attacks.put("in a line that goes on", other.replace("\ngpgsig ", "\n gpgsig "));
    attacks.put("with a tab", other.replace("\ngpgsig ", "\ngpgsig\t"));
    attacks.put("for files", with(evil, signed.signature("ann", "file", evil)));
    attacks.put(
        "without a namespace", with(evil, new ForgedSignature(key("ann")).namespace("").armored()));
    attacks.put("of nothing", with(evil, signed.signature("ann", "git", "")));
    attacks.put("of the head", with(evil, signed.signature("ann", "git", head)));
    attacks.put(
        "of the good commit", with(evil, signed.signature("ann", "git", "tree " + "0".repeat(40))));
    attacks.put("of OpenPGP", with(evil, ofGood.replace("SSH SIGNATURE", "PGP SIGNATURE")));
    attacks.put("of X.509", with(evil, ofGood.replace("SSH SIGNATURE", "SIGNED MESSAGE")));
    attacks.put("not in armor", with(evil, ofGood.replace("-----BEGIN SSH SIGNATURE-----\n", "")));
    attacks.put("without an end", with(evil, ofGood.replaceAll("\n-----END.*", "")));

    attack(
        "git-signature-foreign",
        Constants.OBJ_COMMIT,
        new GitRef(MAIN),
        List.copyOf(attacks.values()));
  }

  @Test
  void adoptsNoGoodCommitThatWasChanged() throws Exception {
    String evilTree = evil.substring(0, evil.indexOf('\n'));
    String goodTree = good.substring(0, good.indexOf('\n'));
    List<String> changed = new ArrayList<>();
    changed.add(good.replace(goodTree, evilTree));
    changed.add(good.replace(goodTree, evilTree + "\n" + goodTree));
    changed.add(good.replace(goodTree, goodTree + "\n" + evilTree));
    changed.add(good.replace(goodTree, goodTree + "\nparent " + evilId));
    changed.add(good.replace("\nauthor Ann", "\nauthor Eve"));
    changed.add(
        good.replaceFirst(
            "\ncommitter Ann <ann@example.com> \\d+", "\ncommitter Ann <ann@example.com> 1"));
    changed.add(good.replace("\ngpgsig ", "\nencoding ISO-8859-1\ngpgsig "));
    changed.add(good.replaceFirst("(?s)(\n -----END SSH SIGNATURE-----\n)", "$1encoding UTF-16\n"));
    changed.add(good + "\n");
    changed.add(good.replace("Good", "Evil"));
    changed.add(good.replace("\n\nGood", "\n\n\nGood"));
    changed.add(good.replace("\n", "\r\n"));
    changed.add(good.replace("\ncommitter", "\r\ncommitter"));
    changed.add(good.replace("\ncommitter", "\n\0committer"));
    changed.removeIf(good::equals);
    assertThat(changed).hasSize(14);
    Random random = new Random(19);
    int author = good.indexOf("\nauthor") + 1;
    int message = good.length() - 5;
    int signature = good.indexOf("-----BEGIN") + 40;
    for (int i = 0; i < TRIES; i++) {
      int at =
          i % 2 == 0 ? random.nextInt(author, signature - 50) : signature + random.nextInt(200);
      at = i % 5 == 0 ? message : at;
      char flipped = (char) (good.charAt(at) ^ (1 << random.nextInt(5)));
      if (good.charAt(at) != '\n' && flipped != '\n' && !Character.isWhitespace(flipped)) {
        changed.add(good.substring(0, at) + flipped + good.substring(at + 1));
      }
    }

    attack("git-signature-changed", Constants.OBJ_COMMIT, new GitRef(MAIN), changed);
  }

  private static String key(String name) throws Exception {
    return signed.publicKey(name);
  }

  @Test
  void adoptsNoForgedSignatureOfAnAllowedKey() throws Exception {
    byte[] ed = new byte[64];
    byte[] one = ed.clone();
    one[0] = 1;
    BigInteger order =
        new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    List<ForgedSignature> forged = new ArrayList<>();
    forged.add(new ForgedSignature(key("ann")));
    forged.add(new ForgedSignature(key("ann")).bytes("ssh-ed25519", one));
    forged.add(new ForgedSignature(key("ann")).bytes("ssh-ed25519", new byte[0]));
    forged.add(new ForgedSignature(key("ann")).bytes("none", ed));
    forged.add(new ForgedSignature(key("ann")).bytes("ssh-rsa", ed));
    forged.add(new ForgedSignature(key("ann")).version(0));
    forged.add(new ForgedSignature(key("ann")).hash("none"));
    forged.add(new ForgedSignature(key("ann")).hash("sha1"));
    forged.add(new ForgedSignature(key("ann")).after(new byte[] {0}));
    for (BigInteger half : List.of(BigInteger.ZERO, BigInteger.ONE, order, order.negate())) {
      forged.add(new ForgedSignature(key("ecdsa")).bytes("ecdsa-sha2-nistp256", halves(half)));
    }
    List<String> commits = new ArrayList<>();
    for (ForgedSignature each : forged) {
      commits.add(with(evil, each.armored()));
    }
    Random random = new Random(19);
    byte[] real =
        Base64.getMimeDecoder()
            .decode(signed.signature("ann", "git", evil).replaceAll("-----.*", ""));
    for (int i = 0; i < TRIES; i++) {
      byte[] flipped = real.clone();
      flipped[random.nextInt(real.length)] ^= (byte) (1 << random.nextInt(8));
      commits.add(with(evil, ForgedSignature.armored(flipped)));
      commits.add(
          with(evil, ForgedSignature.armored(Arrays.copyOf(real, random.nextInt(real.length)))));
    }

    attack("git-signature-forged", Constants.OBJ_COMMIT, new GitRef(MAIN), commits);
  }

  private static byte[] halves(BigInteger half) {
    byte[] number = half.signum() == 0 ? new byte[0] : half.toByteArray();
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(ForgedSignature.string(number));
    both.writeBytes(ForgedSignature.string(number));
    return both.toByteArray();
  }

  @Test
  void adoptsNoSignatureWithSha1() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    RSAPublicKey rsa = (RSAPublicKey) pair.getPublic();
    ByteArrayOutputStream blob = new ByteArrayOutputStream();
    blob.writeBytes(ForgedSignature.string("ssh-rsa"));
    blob.writeBytes(ForgedSignature.string(rsa.getPublicExponent().toByteArray()));
    blob.writeBytes(ForgedSignature.string(rsa.getModulus().toByteArray()));
    String key = "ssh-rsa " + Base64.getEncoder().encodeToString(blob.toByteArray());
    Files.writeString(signed.signers, "rsa " + key + "\n");
    try {
      ForgedSignature forged = new ForgedSignature(key);
      byte[] message = evil.getBytes(ISO_8859_1);
      byte[] data = forged.toSign(MessageDigest.getInstance("SHA-512").digest(message));
      String sha1 = with(evil, forged.bytes("ssh-rsa", sign(pair, "SHA1withRSA", data)).armored());
      String posing =
          with(evil, forged.bytes("rsa-sha2-512", sign(pair, "SHA1withRSA", data)).armored());
      String right =
          with(evil, forged.bytes("rsa-sha2-512", sign(pair, "SHA512withRSA", data)).armored());

      attack("git-signature-sha1", Constants.OBJ_COMMIT, new GitRef(MAIN), List.of(sha1, posing));
      String id = publish(Constants.OBJ_COMMIT, new GitRef(MAIN), right);
      try (FollowedSource infra = new FollowedSource(signed.source())) {
        assertThat(infra.poll()).as("the key itself is allowed").isEqualTo(id + " evil");
      }
    } finally {
      signed.allow("ann", "ecdsa");
    }
  }

  private static byte[] sign(KeyPair pair, String algorithm, byte[] data) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.getPrivate());
    signature.update(data);
    return signature.sign();
  }

  @Test
  void adoptsNoTagThatNobodyAllowedSigned() throws Exception {
    String evilCommit = publish(Constants.OBJ_COMMIT, new GitRef("refs/heads/evil"), evil);
    String armor = goodTag.substring(goodTag.indexOf("-----BEGIN"));
    String content = goodTag.substring(0, goodTag.indexOf("-----BEGIN"));
    String moved = content.replaceFirst("^object [0-9a-f]{40}", "object " + evilCommit);
    List<String> tags = new ArrayList<>();
    tags.add(moved);
    tags.add(moved + armor);
    tags.add(moved + signed.signature("eve", "git", moved));
    tags.add(moved + signed.signature("ann", "file", moved));
    tags.add(content + armor + "more text\n");
    tags.add(content + armor + armor);
    tags.add(moved + armor.replace("SSH SIGNATURE", "PGP SIGNATURE"));
    tags.add(moved + content + armor);
    tags.add(moved.replaceFirst("\n\n", "\ngpgsig " + armor.strip().replace("\n", "\n ") + "\n\n"));
    tags.add(goodTag.replace("\ntag v1\n", "\ntag v2\n"));
    tags.add(content.replace("\ntagger", "\ntagger X <x@y> 1 +0000\ntagger") + armor);

    attack("git-signature-tag", Constants.OBJ_TAG, GitRef.tag("v1"), tags);
    attack("git-signature-other-tag", Constants.OBJ_TAG, GitRef.tag("stable"), List.of(goodTag));
    attack("git-signature-plain-tag", Constants.OBJ_COMMIT, GitRef.tag("plain"), List.of(good));
  }

  @Test
  void adoptsNoOlderCommitAfterARestart() throws Exception {
    String older = signed.push("ann", "Older", Map.of("a.fluke.yaml", PairKind.file("older")));
    String newer = signed.push("ann", "Newer", Map.of("a.fluke.yaml", PairKind.file("newer")));
    GitSource source = signed.source().fastForwardOnly().mirror(dir.resolve("kept"));
    int successes = 0;
    for (int i = 0; i < 3; i++) {
      try (FollowedSource infra = new FollowedSource(source)) {
        assertThat(infra.poll()).isEqualTo(newer + " newer");
        signed.publish(older, MAIN);
        successes += infra.poll().startsWith("broken " + older) ? 0 : 1;
      }
      try (FollowedSource again = new FollowedSource(source)) {
        successes += again.poll().startsWith("broken " + older) ? 0 : 1;
        signed.publish(newer, MAIN);
        assertThat(again.poll()).isEqualTo(newer + " newer");
      }
    }

    System.out.printf("attack\tgit-older-commit\t%d\t%d%n", 6, successes);
    assertThat(successes).isZero();
  }
}
