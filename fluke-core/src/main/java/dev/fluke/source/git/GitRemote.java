package dev.fluke.source.git;

import static java.util.Locale.ROOT;

import dev.fluke.source.SourceUnavailableException;
import dev.fluke.text.Printable;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.FetchConnection;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/** The repository that is followed: what its ref points to, and what is lacking of it here. */
final class GitRemote {
  private static final String TIP = "refs/fluke/tip";

  private final GitOptions options;
  private final FetchWatchdog watch;
  private final Scheduler real;
  private final @Nullable GitCredentials login;
  private final @Nullable GitHttp http;
  private final @Nullable GitSsh ssh;

  /**
   * For one look.
   *
   * @param client if it is reached over HTTP
   */
  GitRemote(
      GitOptions options,
      @Nullable GitCredentials login,
      @Nullable HttpClient client,
      FetchWatchdog watch,
      Scheduler real) {
    this.options = options;
    this.login = login;
    this.watch = watch;
    this.real = real;
    this.http = client == null ? null : new GitHttp(client, options, login, watch);
    this.ssh = GitSshUrl.isOne(options.url) ? GitSsh.of(options) : null;
  }

  /** Why the look was ended from outside; empty if it was not. */
  String ended() {
    return watch.tripped();
  }

  /** What a failure says, without what the server may have sent back of our secret. */
  String told(Throwable failure) {
    String words = ended().isEmpty() ? words(failure) : ended();
    String less = login == null ? words : login.masked(words);
    return ssh == null ? less : ssh.masked(less);
  }

  /**
   * Fetches what the ref points to now, if it is not here yet.
   *
   * @return the commit's id, or the id of a tag that leads to it
   */
  ObjectId fetch(Repository mirror) throws IOException, SourceUnavailableException {
    if (options.isPinned()) {
      ObjectId pinned = ObjectId.fromString(options.ref);
      if (mirror.getObjectDatabase().has(pinned)) {
        return pinned;
      }
    }
    List<RefSpec> specs = new ArrayList<>();
    if (options.isPinned()) {
      specs.add(new RefSpec("+refs/heads/*:refs/fluke/heads/*"));
      specs.add(new RefSpec("+refs/tags/*:refs/fluke/tags/*"));
    } else {
      specs.add(new RefSpec("+" + options.ref + ":" + TIP));
    }
    try (Transport transport = open(mirror);
        FetchConnection connection = transport.openFetch(specs)) {
      return options.isPinned() ? all(mirror, connection) : tip(mirror, transport, connection);
    } catch (IOException e) {
      if (http != null && http.retryAfter().isPresent()) {
        throw SourceUnavailableException.because("the server is busy: " + words(e))
            .causedBy(e)
            .retryAfter(http.retryAfter().get());
      }
      throw e;
    }
  }

  private ObjectId tip(Repository mirror, Transport transport, FetchConnection connection)
      throws IOException, SourceUnavailableException {
    Ref ref = connection.getRef(options.ref);
    if (ref == null || ref.getObjectId() == null) {
      throw missing(transport, connection);
    }
    ObjectId id = ref.getObjectId();
    if (!mirror.getObjectDatabase().has(id)) {
      connection.fetch(NullProgressMonitor.INSTANCE, List.of(ref), Set.of());
    }
    keep(mirror, TIP, id);
    return id;
  }

  private ObjectId all(Repository mirror, FetchConnection connection)
      throws IOException, SourceUnavailableException {
    List<Ref> wanted =
        connection.getRefs().stream()
            .filter(ref -> ref.getName().matches("refs/(heads|tags)/.*"))
            .filter(ref -> !ref.getName().endsWith("^{}"))
            .toList();
    if (!wanted.isEmpty()) {
      connection.fetch(NullProgressMonitor.INSTANCE, wanted, Set.of());
    }
    ObjectId pinned = ObjectId.fromString(options.ref);
    if (!mirror.getObjectDatabase().has(pinned)) {
      throw SourceUnavailableException.because(
              options.refInWords() + " is not there; no branch or tag leads to it")
          .retryAfter(Duration.ZERO);
    }
    keep(mirror, TIP, pinned);
    return pinned;
  }

  /** Moves the mirror's own ref, so that the next fetch knows what is here. */
  private static void keep(Repository mirror, String name, ObjectId id)
      throws IOException, SourceUnavailableException {
    RefUpdate update = mirror.updateRef(name);
    update.setNewObjectId(id);
    update.setForceUpdate(true);
    update.disableRefLog();
    RefUpdate.Result result = update.update();
    switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> {
        // it points there now
      }
      case LOCK_FAILURE -> {
        GitMirror.sweep(mirror.getDirectory().toPath());
        throw SourceUnavailableException.because(
                "the mirror's ref was locked by nobody that lives; the lock is removed")
            .retryAfter(Duration.ZERO);
      }
      default -> throw new DamagedMirrorException("its ref did not move: " + result);
    }
  }

  private SourceUnavailableException missing(Transport transport, FetchConnection connection)
      throws IOException {
    List<String> branches = names(connection);
    if (branches.isEmpty()) {
      try (FetchConnection again =
          transport.openFetch(List.of(new RefSpec("refs/heads/*:refs/fluke/heads/*")))) {
        branches = names(again);
      }
    }
    String others =
        branches.isEmpty()
            ? "the repository has no branch yet"
            : "there are " + String.join(", ", branches.stream().limit(10).toList());
    return SourceUnavailableException.because(options.refInWords() + " is not there; " + others)
        .retryAfter(Duration.ZERO);
  }

  private static List<String> names(FetchConnection connection) {
    return connection.getRefs().stream()
        .map(Ref::getName)
        .filter(name -> name.startsWith("refs/heads/"))
        .map(name -> Printable.of(name.substring("refs/heads/".length())))
        .sorted()
        .toList();
  }

  private Transport open(Repository mirror) throws IOException {
    URIish uri = uri();
    if ("git".equals(uri.getScheme())) {
      return new GitPackTransport(
          mirror, uri, watch, UnaryOperator.identity(), () -> GitTcp.open(uri, watch));
    }
    if (ssh != null) {
      return new GitPackTransport(mirror, uri, watch, ssh::masked, () -> ssh.open(real, watch));
    }
    Transport transport = Transport.open(mirror, uri);
    if (transport instanceof TransportHttp overHttp) {
      overHttp.setHttpConnectionFactory(http);
      overHttp.setCredentialsProvider(null);
    }
    return transport;
  }

  private URIish uri() throws IOException {
    try {
      return new URIish(options.url);
    } catch (URISyntaxException e) {
      throw new IOException("is no URL that Git knows: " + e.getReason(), e);
    }
  }

  /** Whether somebody logs in, so that exceptions of libraries may hold a secret. */
  boolean logsIn() {
    return login != null || ssh != null;
  }

  /** What a failure says, on one line. */
  static String words(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = said(failure);
    String behind = said(root);
    return Printable.of(message.contains(behind) ? message : message + ": " + behind);
  }

  /** The message; of a file, which has but its path there, also what is the matter with it. */
  static String said(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      String kind = file.getClass().getSimpleName().replace("Exception", "");
      return file.getFile() + ": " + kind.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(ROOT);
    }
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
