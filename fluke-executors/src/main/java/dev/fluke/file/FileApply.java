package dev.fluke.file;

import dev.fluke.executor.Host;

/** Brings one path of a host to its declared state. */
record FileApply(FileDeclaration declared, Host host) {

  void apply() {
    FileCommands commands = new FileCommands(declared);
    FileState found = FileState.of(host.run(commands.inspect()));
    if (!declared.options().mayReplace(found)) {
      throw new RefusedException(refusal(found));
    }
    Content content = declared.content();
    if (content == null) {
      host.run(commands.remove()).orThrow();
    } else if (keepsTheFile(found, content)) {
      host.run(commands.setAttributes(found)).orThrow();
    } else {
      host.run(commands.replace(found, content)).orThrow();
    }
  }

  /**
   * Whether the file that was found stays, with another mode or owner. One that others may have put
   * there, or that others may have open and that is to hold a secret, is replaced by a new one.
   */
  private static boolean keepsTheFile(FileState found, Content content) {
    return content.isShown()
        && !found.isShared()
        && Content.sha256(content.bytes()).equals(found.sha256());
  }

  private String refusal(FileState found) {
    return found.kind() == FileState.Kind.REFUSED
        ? found.inWords()
        : "%s is %s; %s".formatted(declared.path(), found.inWords(), wayOut(found));
  }

  private static String wayOut(FileState found) {
    return switch (found.kind()) {
      case SYMLINK -> "declare the path that it points to, or set replace: symlink";
      case DIRECTORY ->
          "remove it, or set replace: directory, which deletes it with everything in it";
      case SPECIAL -> "remove it by hand";
      case UNREADABLE, HIDDEN -> "set run_as to a user who has access";
      case FILE, MISSING, REFUSED -> throw new IllegalStateException("not here: " + found.kind());
    };
  }
}
