package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.CommandResult;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What an {@code inspect} found at a path of the host. Immutable. */
final class FileState {
  private final Kind kind;
  private final String detail; // the target of a link, a directory without access, a reason
  private final List<String> facts; // of a file, see inspect.sh
  private final String sha256; // of a readable file
  private final byte[] content; // empty unless the script sent it

  private FileState(Kind kind, String detail, List<String> facts, String sha256, byte[] content) {
    this.kind = kind;
    this.detail = detail;
    this.facts = facts;
    this.sha256 = sha256;
    this.content = content;
  }

  /** What can be at a path; the lower-case names are what {@code inspect.sh} prints. */
  enum Kind {
    FILE,
    MISSING,
    SYMLINK,
    DIRECTORY,
    /** A device, a socket, a named pipe. */
    SPECIAL,
    /** A regular file without permission to read it. */
    UNREADABLE,
    /** Below a directory without permission to enter it. */
    HIDDEN,
    /** Not reached: other users could have set where the path leads. */
    REFUSED
  }

  /** Parses the output of {@link FileScripts#INSPECT}. */
  static FileState of(CommandResult result) {
    byte[] all = result.orThrow().stdoutBytes();
    int first = lineEnd(all, 0);
    Kind kind = Kind.valueOf(text(all, 0, first).toUpperCase(Locale.ROOT));
    if (kind != Kind.FILE && kind != Kind.UNREADABLE) {
      String detail = new String(all, first, all.length - first, UTF_8).strip();
      return new FileState(kind, detail, List.of(), "", new byte[0]);
    }
    int second = lineEnd(all, first + 1);
    List<String> facts = List.of(text(all, first + 1, second).split(":", 10));
    if (kind == Kind.UNREADABLE) {
      return new FileState(kind, "", facts, "", new byte[0]);
    }
    int third = lineEnd(all, second + 1);
    byte[] content = Arrays.copyOfRange(all, Math.min(third + 1, all.length), all.length);
    return new FileState(kind, "", facts, text(all, second + 1, third), content);
  }

  private static int lineEnd(byte[] all, int from) {
    int end = from;
    while (end < all.length && all[end] != '\n') {
      end++;
    }
    return end;
  }

  private static String text(byte[] all, int from, int to) {
    return new String(all, from, to - from, UTF_8);
  }

  Kind kind() {
    return kind;
  }

  /** The hash of the content; empty unless this is a readable file. */
  String sha256() {
    return sha256;
  }

  /** The content as far as the script sent it. */
  byte[] content() {
    return content.clone();
  }

  /** The permissions as four octal digits. */
  String mode() {
    return Modes.fourDigits(facts.get(0));
  }

  /** The permissions that a new file takes over from this one. */
  String keptMode() {
    return isShared() ? "0" + mode().substring(1) : mode();
  }

  /** The owner as a number if {@code example} is one, else as a name. */
  String owner(String example) {
    return facts.get(Modes.isNumber(example) ? 1 : 7);
  }

  /** The group as a number if {@code example} is one, else as a name. */
  String group(String example) {
    return facts.get(Modes.isNumber(example) ? 2 : 8);
  }

  /** The user who read it, as a number. */
  String reader() {
    return facts.get(4);
  }

  /** The group of the user who read it, as a number. */
  String groupOfReader() {
    return facts.get(5);
  }

  /** Whether others than root and the reader can put another file in its place. */
  boolean isShared() {
    return kind == Kind.FILE && !facts.get(6).isEmpty();
  }

  /** How many names the file has. */
  String names() {
    return facts.get(9);
  }

  /** The size in bytes. */
  String size() {
    return facts.get(3);
  }

  /** Whether {@link #content} is the whole content. */
  boolean hasContent() {
    return kind == Kind.FILE && Content.sha256(content).equals(sha256);
  }

  /** The kind in words that follow "is", such as {@code a directory}. */
  String inWords() {
    return switch (kind) {
      case FILE -> "a regular file";
      case MISSING -> "missing";
      case SYMLINK -> "a symbolic link to " + detail;
      case DIRECTORY -> "a directory";
      case SPECIAL -> "neither file nor directory";
      case UNREADABLE -> "a file that can't be read";
      case HIDDEN -> "in " + detail + ", which can't be entered";
      case REFUSED -> detail;
    };
  }
}
