package dev.fluke.files.internal;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What the file system says about one name; a link is not followed.
 *
 * @param mode type and permissions, as {@code stat} has them. Where an access control list grants
 *     something, the bits of the group are the most that it grants to anybody
 */
record FilePermissions(Path path, int mode, int uid, int gid) {
  private static final int TYPE = 0170000;
  private static final int LINK = 0120000;
  private static final int DIRECTORY = 0040000;
  private static final int PERMISSIONS = 07777;
  private static final int STICKY = 01000;
  private static final int GROUP_OR_WORLD_WRITE = 022;
  private static final int GROUP_OR_WORLD_READ = 044;
  private static final int WORLD_READ = 04;
  private static final int WORLD_WRITE = 02;

  static FilePermissions of(Path path) throws IOException {
    Map<String, Object> found = Files.readAttributes(path, "unix:mode,uid,gid", NOFOLLOW_LINKS);
    return new FilePermissions(
        path, number(found, "mode"), number(found, "uid"), number(found, "gid"));
  }

  private static int number(Map<String, Object> found, String name) {
    return found.get(name) instanceof Integer number ? number : -1;
  }

  boolean isLink() {
    return (mode & TYPE) == LINK;
  }

  boolean isDirectory() {
    return (mode & TYPE) == DIRECTORY;
  }

  /** Whether only the owner of an entry can rename or delete it. */
  boolean isSticky() {
    return (mode & STICKY) != 0;
  }

  boolean othersCanWrite() {
    return (mode & GROUP_OR_WORLD_WRITE) != 0;
  }

  boolean othersCanRead() {
    return (mode & GROUP_OR_WORLD_READ) != 0;
  }

  boolean everybodyCanRead() {
    return (mode & WORLD_READ) != 0;
  }

  boolean everybodyCanWrite() {
    return (mode & WORLD_WRITE) != 0;
  }

  /** As {@code stat} prints it, such as {@code mode 0644}. */
  String permissions() {
    return "mode %04o".formatted(mode & PERMISSIONS);
  }

  /** The name of the owner; the number of a user without a name. */
  String owner() {
    try {
      String name = Files.getOwner(path, NOFOLLOW_LINKS).getName();
      return name.equals(Integer.toString(uid)) ? Integer.toUnsignedString(uid) : name;
    } catch (IOException e) {
      return Integer.toUnsignedString(uid);
    }
  }
}
