package dev.fluke.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Explains, in the same words for all commands, why a config can't be read. */
final class ConfigFile {
  private ConfigFile() {}

  static CommandException unreadable(String name, Path file, IOException why) {
    return new CommandException(ExitStatus.INVALID, reason(name, file, why));
  }

  static String reason(String name, Path file, IOException why) {
    if (why instanceof NoSuchFileException) {
      return name + " does not exist; 'fluke init' writes a starter config";
    }
    String reason = Files.isDirectory(file) ? "it is a directory" : DisplayText.why(why);
    return name + " can't be read: " + reason;
  }
}
