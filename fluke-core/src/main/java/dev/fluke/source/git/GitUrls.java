package dev.fluke.source.git;

import dev.fluke.text.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Repository;

/** What is refused before anything is dialled: schemes, credentials in URLs, strange refs. */
final class GitUrls {
  private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

  private GitUrls() {}

  static List<String> problems(GitOptions options) {
    List<String> problems = new ArrayList<>();
    String problem = urlProblem(options);
    if (!problem.isEmpty()) {
      problems.add(problem);
    }
    if (options.login != null && options.login.user().orElse("").contains(":")) {
      problems.add("the user name of its login has a ':', which ends a user name");
    }
    if (!isPositive(options.silence) || !isPositive(options.total)) {
      problems.add(
          "its limits are "
              + options.silence
              + " and "
              + options.total
              + ", must be more than zero");
    }
    if (!options.isPinned() && !isRef(options.ref)) {
      problems.add(options.refInWords() + " is no name that Git allows");
    } else if (options.isPinned() && !COMMIT.matcher(options.ref).matches()) {
      problems.add(options.refInWords() + " must be the whole id, 40 hexadecimal digits");
    }
    return problems;
  }

  private static boolean isPositive(Duration time) {
    return !time.isNegative() && !time.isZero();
  }

  private static boolean isRef(String ref) {
    String name = ref.substring(ref.indexOf('/', "refs/".length()) + 1);
    return Repository.isValidRefName(ref) && !name.startsWith("-") && !name.contains("..");
  }

  private static String urlProblem(GitOptions options) {
    String url = options.url;
    if (GitSshUrl.isOne(url)) {
      return sshProblem(options);
    }
    if (options.way != null) {
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
    return options.insecure
        ? ""
        : scheme
            + ":// is neither private nor safe from change; if that is meant, call insecure(), or set git.insecure in a config";
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

  /** The URL as it may be shown: without what stands before its host, or may be meant to. */
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
