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
 * @param uid the effective user; as in the file system, a number from 2^31 is negative
 * @param groups the effective group and the supplementary ones
 * @param credentials where systemd gives this process its secrets, {@code $CREDENTIALS_DIRECTORY};
 *     null if it does not
 * @param accounts who is in which group
 */
record ProcessUser(int uid, Set<Integer> groups, @Nullable Path credentials, Accounts accounts) {
  private static final int ROOT = 0;
  private static final int EFFECTIVE = 2; // in Uid: and Gid:, after the real one
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Splitter WORDS =
      Splitter.on(CharMatcher.whitespace()).omitEmptyStrings().trimResults();

  ProcessUser(int uid, Set<Integer> groups, @Nullable Path credentials) {
    this(uid, groups, credentials, Accounts.ofMachine());
  }

  /** Of this process, as the kernel says. */
  static ProcessUser current() {
    String credentials = System.getenv("CREDENTIALS_DIRECTORY");
    return of(status(), credentials == null ? null : Path.of(credentials));
  }

  /** As the lines of {@code /proc/PID/status} say. */
  static ProcessUser of(List<String> status, @Nullable Path credentials) {
    int uid = -1;
    Set<Integer> groups = new HashSet<>();
    for (String line : status) {
      List<String> words = WORDS.splitToList(line);
      if (line.startsWith("Uid:")) {
        uid = Integer.parseUnsignedInt(words.get(EFFECTIVE));
      } else if (line.startsWith("Gid:")) {
        groups.add(Integer.parseUnsignedInt(words.get(EFFECTIVE)));
      } else if (line.startsWith("Groups:")) {
        words.stream().skip(1).map(Integer::parseUnsignedInt).forEach(groups::add);
      }
    }
    return new ProcessUser(uid, Set.copyOf(groups), credentials);
  }

  /** Whether this user may own a file that the process relies on. */
  boolean trusts(int owner) {
    return owner == ROOT || owner == uid;
  }

  /**
   * Whether root lets this process read a file through a group, and nobody else: the way in which
   * packages and Kubernetes give a secret to a service that does not run as root.
   */
  boolean isGivenByRoot(FilePermissions file) {
    return uid != ROOT
        && file.uid() == ROOT
        && !file.everybodyCanRead()
        && (isCredential(file)
            || (groups.contains(file.gid()) && accounts.isAlone(uid, file.gid())));
  }

  /** There, the bits of the group stand for an access control list that names this user. */
  private boolean isCredential(FilePermissions file) {
    return credentials != null && file.path().startsWith(credentials);
  }

  /**
   * Whether anybody but root and this user can write the file. The group of a user counts as the
   * user where nobody else is in it; with the umask 002 he lets it write all that is his.
   */
  boolean letsOthersWrite(FilePermissions file) {
    boolean isPrivate = uid != ROOT && file.uid() == uid && !file.everybodyCanWrite();
    return file.othersCanWrite() && !(isPrivate && accounts.isPrivate(uid, file.gid()));
  }

  /**
   * Whether this user should take the right to write in a directory from others. One of root with
   * another group than that of root, such as {@code /var/log}, serves the programs in that group.
   */
  boolean mayClose(FilePermissions directory) {
    return directory.uid() == uid && (uid != ROOT || directory.gid() == ROOT);
  }

  private static List<String> status() {
    try {
      return Files.readAllLines(STATUS, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("can't tell which user this process acts as", e);
    }
  }
}
