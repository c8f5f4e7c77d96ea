package dev.fluke.source.git;

import dev.fluke.command.ShellQuoting;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.TransportException;

/** A repository behind SSH: the way there, and Git's server side started on its host. */
final class GitSsh {
  private final GitTransport.Route route;
  private final String command;

  private GitSsh(GitTransport.Route route, String path) {
    this.route = route;
    this.command = "git-upload-pack " + ShellQuoting.quote(path);
  }

  /**
   * The way that was handed in, or else the one that is found.
   *
   * @throws IllegalArgumentException saying what is wrong with the URL, or why there is no way
   */
  static GitSsh of(GitOptions options) {
    GitSshUrl url = GitSshUrl.of(options.url);
    if (options.login != null) {
      throw new IllegalArgumentException(
          "basicAuth(..) and token(..) are of no use over SSH; say with what to log in with over(..)");
    }
    GitTransport way = options.way == null ? found() : options.way;
    return new GitSsh(way.routeTo(url.place()), url.path());
  }

  private static GitTransport found() {
    return Stream.of(
            GitTransport.class.getClassLoader(), Thread.currentThread().getContextClassLoader())
        .filter(Objects::nonNull)
        .map(loader -> ServiceLoader.load(GitTransport.class, loader).findFirst())
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Git over SSH needs the module dev.fluke:fluke-transport-ssh, which is not on"
                        + " the class path"));
  }

  /** Logs in and starts it, on a thread of its own: that is how the watch can end it. */
  GitTransport.Pipe open(Scheduler real, FetchWatchdog watch) throws IOException {
    CompletableFuture<GitTransport.Pipe> opened = new CompletableFuture<>();
    Scheduler.Work work =
        real.start(
            "fluke-git-ssh",
            () -> {
              try {
                GitTransport.Pipe pipe = route.run(command, real);
                watch.over(pipe);
                opened.complete(pipe);
              } catch (Throwable t) {
                opened.completeExceptionally(t);
              }
            });
    watch.over(work::interrupt);
    try {
      GitTransport.Pipe pipe = opened.get();
      watch.heard();
      return pipe;
    } catch (InterruptedException e) {
      watch.end("interrupted");
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new TransportException(GitRemote.words(cause), cause);
    }
  }

  String masked(String text) {
    return route.masked(text);
  }
}
