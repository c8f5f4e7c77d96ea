package dev.fluke.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.command.Command;
import dev.fluke.file.FileState.Kind;
import java.util.Locale;
import java.util.Optional;

/**
 * The commands for one managed file. They run as the declared user. Values reach the scripts by the
 * environment, so that no argument list shows them.
 */
record FileCommands(FileDeclaration declared) {
  /** In bytes: a longer file is compared by hash only. */
  private static final int LONGEST_SHOWN = 64 * 1024;

  /** Prints what is at the path, for {@link FileState#of}. */
  Command inspect() {
    byte[] bytes = declared.content() == null ? null : declared.content().bytes();
    FileAttributes wanted = declared.options().attributes();
    return script("check", FileScripts.INSPECT)
        .env("SHA256", bytes == null ? "" : Content.sha256(bytes))
        .env("SIZE", bytes == null ? "" : "" + bytes.length)
        .env("SHOW", declared.showsContent() ? "" + LONGEST_SHOWN : "-1")
        .env("OWNER", name(wanted.owner()))
        .env("GROUP", name(wanted.group()))
        .asQuestion();
  }

  /** The host has to look up names only. */
  private static String name(Optional<String> owner) {
    return owner.filter(each -> !Modes.isNumber(each)).orElse("");
  }

  /** Writes the content, mode and owner in place of what was found. */
  Command replace(FileState found, Content content) {
    Command replace =
        withAttributes(removing("write", FileScripts.REPLACE), found, content)
            .env("MARK", mark())
            .env("SIZE", "" + content.bytes().length)
            .env("SECRET", content.isShown() ? "" : "yes")
            .env("PARENTS", declared.options().parents() ? "yes" : "");
    return content.feed(replace);
  }

  /** Sets what differs of mode and owner of a file that has the content already. */
  Command setAttributes(FileState found) {
    FileAttributes wanted = declared.options().attributes();
    return script("set mode and owner of", FileScripts.SET_ATTRIBUTES)
        .env("MARK", mark())
        .env("MODE", wanted.mode().filter(mode -> !mode.equals(found.mode())).orElse(""))
        .env("OWNER", wanted.owner().filter(user -> !user.equals(found.owner(user))).orElse(""))
        .env("GROUP", wanted.group().filter(name -> !name.equals(found.group(name))).orElse(""));
  }

  /** Marks what Fluke makes for this path. */
  private String mark() {
    return Content.sha256(declared.path().getBytes(UTF_8)).substring(0, 12);
  }

  /** Deletes what is at the path. */
  Command remove() {
    return removing("remove", FileScripts.REMOVE);
  }

  /**
   * A secret file keeps nothing of what was found, which others may have chosen. Neither does a
   * file keep the right to run as its owner, if others could have put it there.
   */
  private Command withAttributes(Command command, FileState found, Content content) {
    FileAttributes wanted = declared.options().attributes();
    boolean keeps = found.kind() == Kind.FILE && content.isShown();
    String modeOfNew = content.isShown() ? "0644" : "0600";
    return command
        .env("MODE", wanted.mode().orElse(keeps ? found.keptMode() : modeOfNew))
        .env("OWNER", wanted.owner().orElse(keeps ? found.owner("0") : ""))
        .env("GROUP", wanted.group().orElse(keeps ? found.group("0") : ""));
  }

  private Command removing(String verb, String text) {
    String what = declared.options().replaceable().name().toLowerCase(Locale.ROOT);
    return script(verb, text).env("REPLACE", what);
  }

  private Command script(String verb, String text) {
    Command command =
        Command.shell(text).shownAs(verb + " " + declared.path()).env("FILE", declared.path());
    return declared.options().runAs().map(command::runAs).orElse(command);
  }
}
