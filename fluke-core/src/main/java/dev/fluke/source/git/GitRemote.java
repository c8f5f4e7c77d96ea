package dev.fluke.source.git;

import dev.fluke.source.SourceUnavailableException;
import dev.fluke.text.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;

/** Fetches the commit that a ref of the remote points to. Made for one poll. */
final class GitRemote {
  private static final String HEADS = "refs/heads/";
  private static final int MOST_NAMES = 10;

  private final GitRef ref;
  private final GitConnector connector;

  GitRemote(GitRef ref, GitConnector connector) {
    this.ref = ref;
    this.connector = connector;
  }

  /**
   * Fetches the commit into the mirror, if it is not there yet.
   *
   * @return the id of the commit, or of a tag that leads to it
   */
  ObjectId fetch(Repository mirror) throws IOException, SourceUnavailableException {
    if (ref.isPinned()) {
      ObjectId pinned = ObjectId.fromString(ref.name());
      if (mirror.getObjectDatabase().has(pinned)) {
        return pinned;
      }
    }
    try (Transport transport = connector.open(mirror);
        FetchConnection connection = transport.openFetch(specs())) {
      return ref.isPinned() ? pinned(mirror, connection) : tip(mirror, transport, connection);
    } catch (IOException e) {
      if (connector.retryAfter().isPresent()) {
        throw SourceUnavailableException.because("the server is busy: " + GitErrorText.of(e))
            .causedBy(e)
            .retryAfter(connector.retryAfter().get());
      }
      throw e;
    }
  }

  private List<RefSpec> specs() {
    return ref.isPinned()
        ? List.of(
            new RefSpec("+refs/heads/*:refs/fluke/heads/*"),
            new RefSpec("+refs/tags/*:refs/fluke/tags/*"))
        : List.of(new RefSpec("+" + ref.name() + ":" + MirrorTip.NAME));
  }

  private ObjectId tip(Repository mirror, Transport transport, FetchConnection connection)
      throws IOException, SourceUnavailableException {
    Ref found = connection.getRef(ref.name());
    if (found == null || found.getObjectId() == null) {
      throw missing(transport, connection);
    }
    ObjectId id = found.getObjectId();
    if (!mirror.getObjectDatabase().has(id)) {
      connection.fetch(NullProgressMonitor.INSTANCE, List.of(found), Set.of());
    }
    MirrorTip.move(mirror, id);
    return id;
  }

  private ObjectId pinned(Repository mirror, FetchConnection connection)
      throws IOException, SourceUnavailableException {
    List<Ref> wanted =
        connection.getRefs().stream()
            .filter(one -> one.getName().matches("refs/(heads|tags)/.*"))
            .filter(one -> !one.getName().endsWith("^{}"))
            .toList();
    if (!wanted.isEmpty()) {
      connection.fetch(NullProgressMonitor.INSTANCE, wanted, Set.of());
    }
    ObjectId pinned = ObjectId.fromString(ref.name());
    if (!mirror.getObjectDatabase().has(pinned)) {
      throw SourceUnavailableException.because(
              ref + " does not exist; no branch or tag leads to it")
          .retryAfter(Duration.ZERO);
    }
    MirrorTip.move(mirror, pinned);
    return pinned;
  }

  private SourceUnavailableException missing(Transport transport, FetchConnection connection)
      throws IOException {
    List<String> branches = branches(connection);
    if (branches.isEmpty()) {
      try (FetchConnection again =
          transport.openFetch(List.of(new RefSpec("refs/heads/*:refs/fluke/heads/*")))) {
        branches = branches(again);
      }
    }
    String others =
        branches.isEmpty()
            ? "the repository has no branch yet"
            : "the branches are " + String.join(", ", branches.stream().limit(MOST_NAMES).toList());
    return SourceUnavailableException.because(ref + " does not exist; " + others)
        .retryAfter(Duration.ZERO);
  }

  private static List<String> branches(FetchConnection connection) {
    return connection.getRefs().stream()
        .map(Ref::getName)
        .filter(name -> name.startsWith(HEADS))
        .map(name -> Printable.of(name.substring(HEADS.length())))
        .sorted()
        .toList();
  }
}
