package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.text.Limits;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Whether the tip of what is followed is signed by an allowed signer: a commit by its own
 * signature, a tag by that of the tag object. The file is read again for each tip.
 *
 * <p>The rules are those of {@code git verify-commit} and {@code git verify-tag} with {@code
 * gpg.format=ssh}; stricter are: two signatures, a tag with the name of another tag, what stands
 * after a signature, and a line of the file that can't be read.
 */
final class TipSignature {
  private static final String NAMESPACE = "git";

  private final Repository repository;
  private final ObjectId tip;
  private final GitRef ref;
  private final AllowedSigners allowed;
  private final Instant now;

  private TipSignature(
      Repository repository, ObjectId tip, GitRef ref, AllowedSigners allowed, Instant now) {
    this.repository = repository;
    this.tip = tip;
    this.ref = ref;
    this.allowed = allowed;
    this.now = now;
  }

  /**
   * Why the tip must not be adopted, one reason in each text; empty if it may.
   *
   * @param tip of a size that was checked before
   * @param file the allowed signers
   * @param now for a tip that has no time
   */
  static List<String> refusal(
      Repository repository, ObjectId tip, GitRef ref, Path file, Instant now) throws IOException {
    AllowedSigners allowed = AllowedSigners.read(file);
    if (!allowed.problems().isEmpty()) {
      return allowed.problems();
    }
    return new TipSignature(repository, tip, ref, allowed, now).refusal();
  }

  private List<String> refusal() throws IOException {
    ObjectLoader loader = repository.open(tip);
    byte[] raw = loader.getCachedBytes(Limits.FILE_BYTES);
    boolean isTag = loader.getType() == Constants.OBJ_TAG;
    if (ref.isTag() && !isTag) {
      return List.of(
          "%s is not a tag object, so nobody signed it; make it with git tag -s".formatted(ref));
    }
    if (isTag && !ref.isTag() && !ref.isPinned()) {
      return List.of("%s leads to a tag object; push a commit to it".formatted(ref));
    }
    try {
      if (isTag) {
        requireSignedTag(SignedObject.tag(raw));
      } else {
        requireSignedCommit(SignedObject.commit(raw));
      }
      return List.of();
    } catch (SshFormatException e) {
      return List.of("the %s %s".formatted(isTag ? "tag object" : "commit", e.getMessage()));
    }
  }

  private void requireSignedCommit(SignedObject commit) throws IOException, SshFormatException {
    requireSigned(commit, commit.time("committer", now));
    try (RevWalk walk = new RevWalk(repository)) {
      requireFirst(commit, "tree", walk.parseCommit(tip).getTree());
    }
  }

  private void requireSignedTag(SignedObject tag) throws IOException, SshFormatException {
    requireSigned(tag, tag.time("tagger", now));
    try (RevWalk walk = new RevWalk(repository)) {
      requireFirst(tag, "object", walk.parseTag(tip).getObject());
    }
    String name = new String(tag.header("tag").orElse("").getBytes(ISO_8859_1), UTF_8);
    if (ref.isTag() && !ref.shortName().equals(name)) {
      throw new SshFormatException(
          "is that of the tag '%s', moved here; make a tag of this name"
              .formatted(Printable.shortened(name, 60)));
    }
  }

  private void requireSigned(SignedObject object, Instant time) throws SshFormatException {
    if (object.signature().isEmpty()) {
      throw new SshFormatException(
          "is not signed; sign it with one of the keys in " + allowed.file());
    }
    if (!object.signature().startsWith(SshSignature.BEGIN)) {
      throw new SshFormatException(
          "has a signature that is not an SSH signature; sign with gpg.format=ssh");
    }
    try {
      SshSignature signature = SshSignature.of(object.signature().getBytes(ISO_8859_1));
      signature.verify(NAMESPACE, object.message());
      Optional<String> refusal = allowed.refusal(signature.key(), time);
      if (refusal.isPresent()) {
        throw new SshFormatException(refusal.get());
      }
    } catch (SshFormatException e) {
      throw new SshFormatException("has a signature that " + e.getMessage(), e);
    }
  }

  /** What Fluke takes from the object must be what was signed, whatever a parser makes of it. */
  private static void requireFirst(SignedObject object, String header, ObjectId id)
      throws SshFormatException {
    if (!object.signed().startsWith("%s %s\n".formatted(header, id.name()))) {
      throw new SshFormatException("has another %s than the signed one".formatted(header));
    }
  }
}
