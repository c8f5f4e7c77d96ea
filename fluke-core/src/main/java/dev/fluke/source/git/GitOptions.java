package dev.fluke.source.git;

import dev.fluke.text.Glob;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a repository is reached and read. Changed only while it is copied. */
final class GitOptions {
  final String url;
  String ref = "refs/heads/main";
  String directory = "";
  Glob files = Glob.DEFAULT;
  Optional<Duration> interval = Optional.empty();
  @Nullable GitCredentials login;
  @Nullable GitTransport way;
  @Nullable Path authorities;
  @Nullable InetSocketAddress proxy;
  @Nullable Path mirror;
  boolean insecure;
  Duration silence = Duration.ofSeconds(30);
  Duration total = Duration.ofMinutes(5);

  GitOptions(String url) {
    this.url = url;
  }

  GitOptions copy() {
    GitOptions copy = new GitOptions(url);
    copy.ref = ref;
    copy.directory = directory;
    copy.files = files;
    copy.interval = interval;
    copy.login = login;
    copy.way = way;
    copy.authorities = authorities;
    copy.proxy = proxy;
    copy.mirror = mirror;
    copy.insecure = insecure;
    copy.silence = silence;
    copy.total = total;
    return copy;
  }

  /** Whether it is reached over HTTP, and so needs a client. */
  boolean isOverHttp() {
    return url.regionMatches(true, 0, "http", 0, 4);
  }

  /** Whether it is held to one commit. */
  boolean isPinned() {
    return !ref.startsWith("refs/");
  }

  /** The ref in words, such as {@code branch 'main'}. */
  String refInWords() {
    if (isPinned()) {
      return "commit '" + ref + "'";
    }
    return ref.startsWith("refs/tags/")
        ? "tag '" + ref.substring("refs/tags/".length()) + "'"
        : "branch '" + ref.substring("refs/heads/".length()) + "'";
  }
}
