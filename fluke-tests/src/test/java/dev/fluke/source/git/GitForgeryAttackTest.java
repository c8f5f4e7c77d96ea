package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.List;
import java.util.Random;
import org.eclipse.jgit.lib.Constants;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A committer without an allowed key writes signatures of his own that name an allowed key. */
@Tag("attack")
@Tag("slow")
class GitForgeryAttackTest {
  @TempDir private static Path dir;
  private static SignatureAttack attack;

  @BeforeAll
  static void sign() throws Exception {
    attack = new SignatureAttack(dir);
  }

  private static String key(String name) throws Exception {
    return attack.signed.publicKey(name);
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
      commits.add(SignatureAttack.with(attack.evil, each.armored()));
    }
    Random random = new Random(19);
    byte[] real =
        Base64.getMimeDecoder()
            .decode(attack.signed.signature("ann", "git", attack.evil).replaceAll("-----.*", ""));
    for (int i = 0; i < SignatureAttack.TRIES; i++) {
      byte[] flipped = real.clone();
      flipped[random.nextInt(real.length)] ^= (byte) (1 << random.nextInt(8));
      commits.add(SignatureAttack.with(attack.evil, ForgedSignature.armored(flipped)));
      commits.add(
          SignatureAttack.with(
              attack.evil,
              ForgedSignature.armored(Arrays.copyOf(real, random.nextInt(real.length)))));
    }

    attack.tryEach(
        "git-signature-forged", Constants.OBJ_COMMIT, new GitRef(SignatureAttack.MAIN), commits);
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
    Files.writeString(attack.signed.signers, "rsa " + key + "\n");
    try {
      ForgedSignature forged = new ForgedSignature(key);
      byte[] message = attack.evil.getBytes(ISO_8859_1);
      byte[] data = forged.toSign(MessageDigest.getInstance("SHA-512").digest(message));
      String sha1 =
          SignatureAttack.with(
              attack.evil, forged.bytes("ssh-rsa", sign(pair, "SHA1withRSA", data)).armored());
      String posing =
          SignatureAttack.with(
              attack.evil, forged.bytes("rsa-sha2-512", sign(pair, "SHA1withRSA", data)).armored());
      String right =
          SignatureAttack.with(
              attack.evil,
              forged.bytes("rsa-sha2-512", sign(pair, "SHA512withRSA", data)).armored());

      attack.tryEach(
          "git-signature-sha1",
          Constants.OBJ_COMMIT,
          new GitRef(SignatureAttack.MAIN),
          List.of(sha1, posing));
      String id = attack.publish(Constants.OBJ_COMMIT, new GitRef(SignatureAttack.MAIN), right);
      try (FollowedSource infra = new FollowedSource(attack.signed.source())) {
        assertThat(infra.poll()).as("the key itself is allowed").isEqualTo(id + " evil");
      }
    } finally {
      attack.signed.allow("ann", "ecdsa");
    }
  }

  private static byte[] sign(KeyPair pair, String algorithm, byte[] data) throws Exception {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(pair.getPrivate());
    signature.update(data);
    return signature.sign();
  }
}
