package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.Command;
import dev.fluke.executor.Host;
import dev.fluke.file.FileState.Kind;
import dev.fluke.file.ManagedFile.Replaceable;
import org.jspecify.annotations.Nullable;

/** Makes one file of a host as declared. */
record FileApply(String path, @Nullable Content content, FileOptions options, Host host) {
  /** A file longer than this is not fetched for a difference. */
  private static final int LONGEST_SHOWN = 64 * 1024;

  /** The command that says what there is. */
  static Command look(String path, @Nullable Content content, FileOptions options) {
    boolean shown = content != null && content.isShown();
    return as(options, FileScripts.LOOK)
        .env("FILE", path)
        .env("SHA256", content == null ? "" : Content.sha256(content.bytes()))
        .env("SHOW", shown ? "" + LONGEST_SHOWN : "-1");
  }

  void apply() {
    FileState found = FileState.of(host.run(look(path, content, options)));
    if (!options.mayGo(found)) {
      throw new RefusedException(path + " is " + found.inWords() + wayOut(found));
    }
    if (content == null) {
      host.run(command(FileScripts.REMOVE, found)).orThrow();
    } else if (Content.sha256(content.bytes()).equals(found.sha256())) {
      host.run(owned(FileScripts.OWN, found, content)).orThrow();
    } else {
      put(found, content);
    }
  }

  private static String wayOut(FileState found) {
    return switch (found.kind()) {
      case SYMLINK -> "; name the file that it leads to, or say replace: symlink";
      case DIRECTORY -> "; remove it, or say replace: directory, and all that is in it goes";
      case SPECIAL -> "; remove it by hand";
      case UNREADABLE, HIDDEN -> "; say who may: run_as";
      case FILE, MISSING -> "";
    };
  }

  private void put(FileState found, Content declared) {
    Command put =
        owned(FileScripts.PUT, found, declared)
            .env("MARK", Content.sha256(path.getBytes(UTF_8)).substring(0, 12))
            .env("SIZE", "" + declared.bytes().length)
            .env("PARENTS", options.parents() ? "yes" : "");
    host.run(declared.feed(put)).orThrow();
  }

  private Command owned(String script, FileState found, Content declared) {
    boolean known = found.kind() == Kind.FILE;
    String fresh = declared.isShown() ? "0644" : "0600";
    String owner = options.owner().orElse(known ? found.owner("0") : "");
    String group = options.group().orElse(known ? found.group("0") : "");
    return command(script, found)
        .env("MODE", options.mode().orElse(known ? found.mode() : fresh))
        .env("OWNER", owner + (group.isEmpty() ? "" : ":" + group));
  }

  private Command command(String script, FileState found) {
    boolean over = found.kind() == Kind.SYMLINK || found.kind() == Kind.DIRECTORY;
    return as(options, script)
        .env("FILE", path)
        .env("OVER", over && options.replaceable() != Replaceable.FILE ? "yes" : "");
  }

  private static Command as(FileOptions options, String script) {
    Command command = Command.shell(script);
    return options.runAs().map(command::runAs).orElse(command);
  }
}
