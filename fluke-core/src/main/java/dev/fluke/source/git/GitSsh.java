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

/** Starts Git's server side on the host of a repository behind SSH. */
final class GitSsh {
  private final GitTransport.Route route;
  private final String command;

  private GitSsh(GitTransport.Route route, String path) {
    this.route = route;
    this.command = "git-upload-pack " + ShellQuoting.quote(path);
  }

  /**
   * Uses the given transport, or the one that the service loader finds.
   *
   * @throws IllegalArgumentException if the URL is invalid, or if there is no transport
   */
  static GitSsh of(GitOptions options) {
    GitSshUrl url = GitSshUrl.of(options.url());
    if (options.access().credentials() != null) {
      throw new IllegalArgumentException(
          "basicAuth(..) and token(..) have no effect over SSH; set the credentials with over(..)");
    }
    GitTransport given = options.access().transport();
    GitTransport transport = given == null ? found() : given;
    return new GitSsh(transport.routeTo(url.place()), url.path());
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

  /** Connects on a separate thread, which the watchdog can interrupt. */
  GitTransport.Pipe open(Scheduler real, FetchWatchdog watchdog) throws IOException {
    CompletableFuture<GitTransport.Pipe> opened = new CompletableFuture<>();
    Scheduler.Work work =
        real.start(
            "fluke-git-ssh",
            () -> {
              try {
                GitTransport.Pipe pipe = route.run(command, real);
                watchdog.over(pipe);
                opened.complete(pipe);
              } catch (Throwable t) {
                opened.completeExceptionally(t);
              }
            });
    watchdog.over(work::interrupt);
    try {
      GitTransport.Pipe pipe = opened.get();
      watchdog.heard();
      return pipe;
    } catch (InterruptedException e) {
      watchdog.end("interrupted");
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new TransportException(GitErrorText.of(cause), cause);
    }
  }

  String masked(String text) {
    return route.masked(text);
  }
}
