package dev.fluke.files.internal;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user that this process acts as.
 *
 * @param uid the effective user
 * @param groups the effective group and the supplementary ones
 * @param credentials where systemd gives this process its secrets, {@code $CREDENTIALS_DIRECTORY};
 *     null if it does not
 */
record ProcessUser(int uid, Set<Integer> groups, @Nullable Path credentials) {
  private static final int ROOT = 0;
  private static final int EFFECTIVE = 2; // in Uid: and Gid:, after the real one
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Splitter WORDS =
      Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().trimResults();

  /** Of this process, as the kernel says. */
  static ProcessUser current() {
    String credentials = System.getenv("CREDENTIALS_DIRECTORY");
    int uid = -1;
    Set<Integer> groups = new HashSet<>();
    for (String line : lines(STATUS)) {
      List<String> words = WORDS.splitToList(line);
      if (line.startsWith("Uid:")) {
        uid = Integer.parseInt(words.get(EFFECTIVE));
      } else if (line.startsWith("Gid:")) {
        groups.add(Integer.valueOf(words.get(EFFECTIVE)));
      } else if (line.startsWith("Groups:")) {
        words.stream().skip(1).map(Integer::valueOf).forEach(groups::add);
      }
    }
    return new ProcessUser(
        uid, Set.copyOf(groups), credentials == null ? null : Path.of(credentials));
  }

  /** Whether this user may own a file that the process relies on. */
  boolean trusts(int owner) {
    return owner == ROOT || owner == uid;
  }

  /**
   * Whether root lets this process read a file through a group, and nobody else: the way in which
   * packages and Kubernetes give a secret to a service that does not run as root.
   */
  boolean isGivenByRoot(FileState file) {
    return uid != ROOT
        && file.uid() == ROOT
        && !file.everybodyCanRead()
        && (isCredential(file) || (groups.contains(file.gid()) && isAloneIn(file.gid())));
  }

  /** There, the bits of the group stand for an access control list that names this user. */
  private boolean isCredential(FileState file) {
    return credentials != null && file.path().startsWith(credentials);
  }

  /** Whether no other user of this machine is in the group. Other directories are not asked. */
  private boolean isAloneIn(int group) {
    String gid = Integer.toString(group);
    List<String> trusted = List.of("0", Integer.toString(uid));
    Set<String> members = new HashSet<>();
    for (String line : lines(Path.of("/etc/passwd"))) {
      List<String> user = Splitter.on(':').splitToList(line);
      if (user.size() > 3 && user.get(3).equals(gid) && !trusted.contains(user.get(2))) {
        members.add(user.get(0));
      }
    }
    for (String line : lines(Path.of("/etc/group"))) {
      List<String> entry = Splitter.on(':').splitToList(line);
      if (entry.size() > 3 && entry.get(2).equals(gid)) {
        Splitter.on(',').omitEmptyStrings().split(entry.get(3)).forEach(members::add);
      }
    }
    members.removeAll(List.of("root", System.getProperty("user.name")));
    return members.isEmpty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "can't tell which users other than this one can use a file", e);
    }
  }
}
