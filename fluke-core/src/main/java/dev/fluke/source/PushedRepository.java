package dev.fluke.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which repository a push went to: the addresses to clone it from, which GitHub, Gitea and Forgejo
 * announce as {@code clone_url}, {@code ssh_url} and {@code git_url}, and GitLab as {@code
 * git_http_url} and {@code git_ssh_url}. They are told apart by their paths: hosts have several
 * names.
 */
final class PushedRepository {
  private static final Pattern ADDRESS =
      Pattern.compile("\"(?:clone|ssh|git|git_http|git_ssh)_url\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern HOST = Pattern.compile("^(?:[a-z+]+://[^/]*/|[^/:]*:)");
  private static final String ANY = "";

  private PushedRepository() {}

  /** Whether the body names a repository, and none of these; if there are none, any will do. */
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
   * The path of a repository on its host: {@code team/infra} of {@code git@host:team/infra.git}.
   * One on this machine may be a copy of any.
   */
  static String path(String url) {
    if (url.startsWith("file:")) {
      return ANY;
    }
    String path = HOST.matcher(url.toLowerCase(Locale.ROOT)).replaceFirst("");
    return path.replaceAll("^/+|/+$", "").replaceFirst("\\.git$", "");
  }
}
