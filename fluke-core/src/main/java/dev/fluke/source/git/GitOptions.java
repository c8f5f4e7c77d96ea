package dev.fluke.source.git;

import dev.fluke.text.Glob;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The options of a {@link GitSource}, in groups.
 *
 * @param mirror where the mirror is kept; null for a temporary one
 */
record GitOptions(
    Origin origin,
    Selection selection,
    Access access,
    Trust trust,
    Timing timing,
    @Nullable Path mirror) {

  /** The branch {@code main} at this URL, with the default of every option. */
  static GitOptions of(String url) {
    return new GitOptions(
        new Origin(url, GitRef.branch("main")),
        new Selection("", Glob.DEFAULT),
        new Access(null, null, null, null, false),
        new Trust(null, false),
        new Timing(null, FetchLimits.DEFAULT),
        null);
  }

  /** The repository, and what of it is followed. */
  record Origin(String url, GitRef ref) {
    Origin ref(GitRef other) {
      return new Origin(url, other);
    }
  }

  /**
   * Which files are manifests.
   *
   * @param directory empty, or ends with a slash
   */
  record Selection(String directory, Glob glob) {
    Selection directory(String other) {
      return new Selection(other, glob);
    }

    Selection glob(Glob other) {
      return new Selection(directory, other);
    }
  }

  /** How the repository's host is reached. */
  record Access(
      @Nullable GitCredentials credentials,
      @Nullable GitTransport transport,
      @Nullable Path caCertificates,
      @Nullable InetSocketAddress proxy,
      boolean insecure) {

    Access credentials(GitCredentials other) {
      return new Access(other, transport, caCertificates, proxy, insecure);
    }

    Access transport(GitTransport other) {
      return new Access(credentials, other, caCertificates, proxy, insecure);
    }

    Access caCertificates(Path other) {
      return new Access(credentials, transport, other, proxy, insecure);
    }

    Access proxy(InetSocketAddress other) {
      return new Access(credentials, transport, caCertificates, other, insecure);
    }

    Access allowInsecure() {
      return new Access(credentials, transport, caCertificates, proxy, true);
    }
  }

  /**
   * What a commit must be to be adopted.
   *
   * @param allowedSigners the file of the keys that may sign; null for no signature
   * @param fastForwardOnly whether it must follow the last one
   */
  record Trust(@Nullable Path allowedSigners, boolean fastForwardOnly) {
    Trust allowedSigners(Path other) {
      return new Trust(other, fastForwardOnly);
    }

    Trust onlyFastForward() {
      return new Trust(allowedSigners, true);
    }
  }

  /**
   * When to poll, and how long a poll may take.
   *
   * @param interval null for the reconciler's poll interval
   */
  record Timing(@Nullable Duration interval, FetchLimits limits) {
    Timing interval(Duration other) {
      return new Timing(other, limits);
    }

    Timing limits(FetchLimits other) {
      return new Timing(interval, other);
    }
  }

  GitOptions with(GitRef ref) {
    return new GitOptions(origin.ref(ref), selection, access, trust, timing, mirror);
  }

  GitOptions with(Selection other) {
    return new GitOptions(origin, other, access, trust, timing, mirror);
  }

  GitOptions with(Access other) {
    return new GitOptions(origin, selection, other, trust, timing, mirror);
  }

  GitOptions with(Trust other) {
    return new GitOptions(origin, selection, access, other, timing, mirror);
  }

  GitOptions with(Timing other) {
    return new GitOptions(origin, selection, access, trust, other, mirror);
  }

  GitOptions mirror(Path other) {
    return new GitOptions(origin, selection, access, trust, timing, other);
  }

  String url() {
    return origin.url();
  }

  GitRef ref() {
    return origin.ref();
  }

  /** Whether the repository is reached over HTTP, so that a client is needed. */
  boolean isOverHttp() {
    return url().regionMatches(true, 0, "http", 0, 4);
  }
}
