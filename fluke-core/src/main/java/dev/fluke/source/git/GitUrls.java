package dev.fluke.source.git;

import dev.fluke.net.internal.AddressKind;
import dev.fluke.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds mistakes in the URL and the options of a source before anything connects. */
final class GitUrls {
  private GitUrls() {}

  /** Every mistake; empty if there is none. */
  static List<String> problems(GitOptions options) {
    GitCredentials credentials = options.access().credentials();
    boolean colon = credentials != null && credentials.user().orElse("").contains(":");
    boolean pinned = options.trust().fastForwardOnly() && options.ref().isPinned();
    Path signers = options.trust().allowedSigners();
    List<String> ofSigners = signers == null ? List.of() : AllowedSigners.read(signers).problems();
    Stream<String> own =
        Stream.of(
            urlProblem(options),
            colon ? "the user name of its credentials has a ':', which ends a user name" : "",
            options.timing().limits().problem(),
            options.ref().problem(),
            pinned ? "stays at one commit, so fastForwardOnly() has no effect" : "");
    return Stream.concat(own, ofSigners.stream()).filter(problem -> !problem.isEmpty()).toList();
  }

  private static String urlProblem(GitOptions options) {
    String url = options.url();
    if (GitSshUrl.isOne(url)) {
      return sshProblem(options);
    }
    if (options.access().transport() != null) {
      return "is not an SSH URL, so over(..) has no effect";
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return "is not a valid URL: " + Printable.of(e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getRawUserInfo() != null) {
      return "has credentials in its URL, which leak into messages; call basicAuth(..) or token(..)";
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "has a '?' or a '#', which the URL of a repository can't have";
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return "has the port " + uri.getPort() + "; ports are from 1 to 65535";
    }
    if (uri.getHost() != null && AddressKind.written(uri.getHost()) == AddressKind.FORBIDDEN) {
      return "has the host %s, which %s; no repository has one"
          .formatted(uri.getHost(), AddressKind.WHY_FORBIDDEN);
    }
    boolean hosted = uri.getHost() != null && !uri.getHost().startsWith("-");
    return switch (scheme) {
      case "https" -> hosted ? "" : "has no host";
      case "http", "git" -> plain(options, scheme, hosted);
      case "file" -> file(uri);
      case "" -> "has no scheme; use https://, ssh:// or file://";
      default -> "has the unsupported scheme '" + scheme + "'; use https, ssh or file";
    };
  }

  private static String plain(GitOptions options, String scheme, boolean hosted) {
    if (!hosted) {
      return "has no host";
    }
    return options.access().insecure()
        ? ""
        : "%s:// is neither private nor safe from tampering; to use it anyway, call insecure(), or set git.insecure in a config"
            .formatted(scheme);
  }

  private static String file(URI uri) {
    if (uri.getRawAuthority() != null) {
      return "has a host; the URL of a local path begins with file:///";
    }
    return uri.getPath() == null || uri.getPath().isEmpty() ? "has no path" : "";
  }

  private static String sshProblem(GitOptions options) {
    try {
      GitSsh.of(options);
      return "";
    } catch (IllegalArgumentException | IllegalStateException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
