package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.source.SourceUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * A repository that follows the keys ann and ecdsa, and what an attacker has who can push to it:
 * all that ann signed, and the key eve.
 */
final class SignatureAttack {
  static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  static final String MAIN = "refs/heads/main";
  private static final String UNAVAILABLE = "unavailable";

  final SignedRepo signed;

  /** A commit that ann signed. */
  final String good;

  /** A commit with another task, which nobody signed. */
  final String evil;

  final String evilId;

  /** A tag of the good commit that ann signed. */
  final String goodTag;

  SignatureAttack(Path dir) throws Exception {
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
  void tryEach(String name, int type, GitRef ref, List<String> objects) throws Exception {
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

  String publish(int type, GitRef ref, String object) throws Exception {
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

  static String with(String commit, String armored) {
    String header = "gpgsig " + armored.strip().replace("\n", "\n ") + "\n";
    return commit.replaceFirst("\n\n", "\n" + header + "\n");
  }
}
