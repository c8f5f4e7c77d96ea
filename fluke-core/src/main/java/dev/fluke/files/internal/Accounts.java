package dev.fluke.files.internal;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users and groups that two files of this machine name. Directory services are not asked. Not
 * thread-safe; reads each file once.
 */
final class Accounts {
  private static final String ROOT = "0";

  private final Path passwd;
  private final Path group;
  private @Nullable List<List<String>> users;
  private @Nullable List<List<String>> groups;
  private boolean isUnreadable;

  /** In the form of {@code /etc/passwd} and {@code /etc/group}. */
  Accounts(Path passwd, Path group) {
    this.passwd = passwd;
    this.group = group;
  }

  static Accounts ofMachine() {
    return new Accounts(Path.of("/etc/passwd"), Path.of("/etc/group"));
  }

  /** Whether nobody but root and this user is known to be in the group. */
  boolean isAlone(int uid, int gid) {
    String id = Integer.toUnsignedString(gid);
    Set<String> trusted = new HashSet<>(Set.of("root"));
    ThisUser.name().ifPresent(trusted::add);
    Set<String> members = new HashSet<>();
    for (List<String> user : users()) {
      if (user.get(2).equals(ROOT) || user.get(2).equals(Integer.toUnsignedString(uid))) {
        trusted.add(user.get(0));
      } else if (user.get(3).equals(id)) {
        members.add(user.get(0));
      }
    }
    for (List<String> each : groups()) {
      if (each.get(2).equals(id)) {
        Splitter.on(',').trimResults().omitEmptyStrings().split(each.get(3)).forEach(members::add);
      }
    }
    members.removeAll(trusted);
    return members.isEmpty() && !isUnreadable;
  }

  /** Whether this is the primary group of the user, and nobody else is in it. Both have entries. */
  boolean isPrivate(int uid, int gid) {
    String user = Integer.toUnsignedString(uid);
    String id = Integer.toUnsignedString(gid);
    return users().stream().anyMatch(each -> each.get(2).equals(user) && each.get(3).equals(id))
        && groups().stream().anyMatch(each -> each.get(2).equals(id))
        && isAlone(uid, gid);
  }

  private List<List<String>> users() {
    List<List<String>> read = users == null ? entries(passwd) : users;
    users = read;
    return read;
  }

  private List<List<String>> groups() {
    List<List<String>> read = groups == null ? entries(group) : groups;
    groups = read;
    return read;
  }

  /** None if there is no such file, as in small containers. */
  private List<List<String>> entries(Path file) {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
          .map(Splitter.on(':')::splitToList)
          .filter(entry -> entry.size() > 3)
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      isUnreadable = true;
      return List.of();
    }
  }
}
