package dev.fluke.source.git;

import dev.fluke.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
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
    return Stream.of(
            urlProblem(options),
            colon ? "the user name of its login has a ':', which ends a user name" : "",
            options.timing().limits().problem(),
            options.ref().problem())
        .filter(problem -> !problem.isEmpty())
        .toList();
  }

  private static String urlProblem(GitOptions options) {
    String url = options.url();
    if (GitSshUrl.isOne(url)) {
      return sshProblem(options);
    }
    if (options.access().transport() != null) {
      return "is no URL over SSH, so over(..) is of no use";
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return "is no URL: " + Printable.of(e.getReason());
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getRawUserInfo() != null) {
      return "has credentials in its URL, which leak into messages; call basicAuth(..) or token(..)";
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return "has a '?' or a '#', which no address of a repository has";
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      return "has the port " + uri.getPort() + "; ports are from 1 to 65535";
    }
    boolean hosted = uri.getHost() != null && !uri.getHost().startsWith("-");
    return switch (scheme) {
      case "https" -> hosted ? "" : "names no host";
      case "http", "git" -> plain(options, scheme, hosted);
      case "file" -> file(uri);
      case "" -> "names no scheme; https://, ssh:// and file:// are known";
      default -> "has the scheme '" + scheme + "'; https, ssh and file are known";
    };
  }

  private static String plain(GitOptions options, String scheme, boolean hosted) {
    if (!hosted) {
      return "names no host";
    }
    return options.access().insecure()
        ? ""
        : "%s:// is neither private nor safe from change; if that is meant, call insecure(), or set git.insecure in a config"
            .formatted(scheme);
  }

  private static String file(URI uri) {
    if (uri.getRawAuthority() != null) {
      return "names a host; a path of this machine begins file:///";
    }
    return uri.getPath() == null || uri.getPath().isEmpty() ? "names no path" : "";
  }

  private static String sshProblem(GitOptions options) {
    try {
      GitSsh.of(options);
      return "";
    } catch (IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The URL for messages: without everything that is, or may be meant as, credentials. */
  static String shown(String url) {
    String secret = isSound(url) ? "(?<=//)[^/@]*@" : "(?<=//|^).*@";
    return Printable.of(url.replaceFirst(secret, "…@").replaceFirst("[?#].*", "?…"));
  }

  private static boolean isSound(String url) {
    try {
      if (GitSshUrl.isOne(url)) {
        GitSshUrl.of(url);
        return true;
      }
      URI uri = new URI(url);
      return uri.getHost() != null || "file".equals(uri.getScheme());
    } catch (IllegalArgumentException | URISyntaxException e) {
      return false;
    }
  }
}
