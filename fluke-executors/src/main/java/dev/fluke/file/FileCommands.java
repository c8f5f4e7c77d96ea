package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.Command;
import dev.fluke.file.FileState.Kind;

/**
 * The commands for one managed file. They run as the declared user. Values reach the scripts by the
 * environment, so that no argument list shows them.
 */
record FileCommands(FileDeclaration declared) {
  /** In bytes: a longer file is compared by hash only. */
  private static final int LONGEST_SHOWN = 64 * 1024;

  /** Prints what is at the path, for {@link FileState#of}. */
  Command inspect() {
    Content content = declared.content();
    return script("check", FileScripts.INSPECT)
        .env("SHA256", content == null ? "" : Content.sha256(content.bytes()))
        .env("SHOW", declared.showsContent() ? "" + LONGEST_SHOWN : "-1");
  }

  /** Writes the content, mode and owner in place of what was found. */
  Command replace(FileState found, Content content) {
    String mark = Content.sha256(declared.path().getBytes(UTF_8)).substring(0, 12);
    Command replace =
        withAttributes(script("write", FileScripts.REPLACE), found, content)
            .env("OVER", deletesFirst(found))
            .env("MARK", mark)
            .env("SIZE", "" + content.bytes().length)
            .env("PARENTS", declared.options().parents() ? "yes" : "");
    return content.feed(replace);
  }

  /** Sets mode and owner of a file that has the content already. */
  Command setAttributes(FileState found, Content content) {
    return withAttributes(
        script("set mode and owner of", FileScripts.SET_ATTRIBUTES), found, content);
  }

  /** Deletes what was found. */
  Command remove(FileState found) {
    return script("remove", FileScripts.REMOVE).env("OVER", deletesFirst(found));
  }

  private Command withAttributes(Command command, FileState found, Content content) {
    boolean exists = found.kind() == Kind.FILE;
    FileAttributes wanted = declared.options().attributes();
    String modeOfNew = content.isShown() ? "0644" : "0600";
    String owner = wanted.owner().orElse(exists ? found.owner("0") : "");
    String group = wanted.group().orElse(exists ? found.group("0") : "");
    return command
        .env("MODE", wanted.mode().orElse(exists ? found.mode() : modeOfNew))
        .env("OWNER", owner + (group.isEmpty() ? "" : ":" + group));
  }

  private String deletesFirst(FileState found) {
    boolean other = found.kind() == Kind.SYMLINK || found.kind() == Kind.DIRECTORY;
    return other && declared.options().replaceable() != Replaceable.FILE ? "yes" : "";
  }

  private Command script(String verb, String text) {
    Command command =
        Command.shell(text).shownAs(verb + " " + declared.path()).env("FILE", declared.path());
    return declared.options().runAs().map(command::runAs).orElse(command);
  }
}
