package dev.fluke.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The config that a command is given: why it can't be read, in the same words for all commands. */
final class ConfigFile {
  private ConfigFile() {}

  static CommandException unreadable(String name, Path file, IOException why) {
    return new CommandException(ExitStatus.INVALID, reason(name, file, why));
  }

  static String reason(String name, Path file, IOException why) {
    if (why instanceof NoSuchFileException) {
      return "there is no " + name + "; 'fluke init' writes one to begin with";
    }
    return name
        + " can't be read: "
        + (Files.isDirectory(file) ? "it is a directory" : DisplayText.why(why));
  }
}
