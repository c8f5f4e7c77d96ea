package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.base.CharMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the repository that a push went to. GitHub, Gitea and Forgejo send its clone URLs as {@code
 * clone_url}, {@code ssh_url} and {@code git_url}, and GitLab as {@code git_http_url} and {@code
 * git_ssh_url}. Repositories are compared by their paths only, since a host can have several names.
 */
final class PushedRepository {
  private static final Pattern ADDRESS =
      Pattern.compile("\"(?:clone|ssh|git|git_http|git_ssh)_url\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern HOST = Pattern.compile("^(?:[a-z+]+://[^/]*/|[^/:]*:)");
  private static final CharMatcher SLASH = CharMatcher.is('/');
  private static final String GIT = ".git";
  private static final String ANY = "";

  private PushedRepository() {}

  /** Whether the body names a repository, and {@code paths} is not empty and has none of them. */
  static boolean isAnother(byte[] body, Set<String> paths) {
    if (paths.isEmpty() || paths.contains(ANY)) {
      return false;
    }
    List<String> named = new ArrayList<>();
    Matcher address = ADDRESS.matcher(new String(body, UTF_8));
    while (address.find()) {
      named.add(path(address.group(1).replace("\\/", "/")));
    }
    return !named.isEmpty() && named.stream().noneMatch(paths::contains);
  }

  /**
   * The path of a repository on its host: {@code team/infra} of {@code git@host:team/infra.git}. A
   * local repository may be a copy of any, so its path is empty.
   */
  static String path(String url) {
    if (url.startsWith("file:")) {
      return ANY;
    }
    String path = HOST.matcher(url.toLowerCase(Locale.ROOT)).replaceFirst("");
    String plain = SLASH.trimFrom(path);
    return plain.endsWith(GIT) ? plain.substring(0, plain.length() - GIT.length()) : plain;
  }
}
