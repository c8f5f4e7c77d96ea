package dev.fluke.file;

import dev.fluke.executor.CheckResult;
import java.util.Optional;

/** Compares what is at a path with what is declared for it. */
record Comparison(FileDeclaration declared) {
  private static final String NOT_SHOWN =
      "something else, which is not shown: others can write in the directory";

  CheckResult with(FileState found) {
    Content content = declared.content();
    return switch (found.kind()) {
      case REFUSED -> CheckResult.unknown(found.inWords());
      case UNREADABLE, HIDDEN -> noAccess(found);
      case MISSING -> content == null ? CheckResult.inSync() : wrongKind(found);
      case SYMLINK, DIRECTORY, SPECIAL -> wrongKind(found);
      case FILE -> content == null ? wrongKind(found) : file(found, content);
    };
  }

  private CheckResult noAccess(FileState found) {
    String user = declared.options().runAs().orElse("the login user");
    return CheckResult.unknown(
        "%s is %s by %s; set run_as to a user who has access"
            .formatted(declared.path(), found.inWords(), user));
  }

  private CheckResult wrongKind(FileState found) {
    String expected = declared.content() == null ? "missing" : "a regular file";
    return CheckResult.drifted("file", expected, found.inWords());
  }

  private CheckResult file(FileState found, Content content) {
    FileAttributes wanted = wanted(found, content);
    String owner = wanted.owner().map(found::owner).orElse("");
    String group = wanted.group().map(found::group).orElse("");
    CheckResult ofContent = content(found, content);
    return ofContent
        .and(attribute("mode", wanted.mode(), found.mode()))
        .and(attribute("owner", wanted.owner(), owner))
        .and(attribute("group", wanted.group(), group))
        .and(names(found, ofContent));
  }

  /** A new file takes one name away from the old one. */
  private static CheckResult names(FileState found, CheckResult content) {
    return content.equals(CheckResult.inSync()) || found.names().equals("1")
        ? CheckResult.inSync()
        : CheckResult.drifted(
            "hard links", "1", found.names() + "; the other names keep what they have");
  }

  /** A secret is for the user whom the step runs as, unless something else is declared. */
  private FileAttributes wanted(FileState found, Content content) {
    FileAttributes given = declared.options().attributes();
    return content.isShown()
        ? given
        : new FileAttributes(
            Optional.of(given.mode().orElse("0600")),
            Optional.of(given.owner().orElse(found.reader())),
            Optional.of(given.group().orElse(found.groupOfReader())));
  }

  private static CheckResult attribute(String name, Optional<String> expected, String found) {
    return expected.isEmpty() || expected.get().equals(found)
        ? CheckResult.inSync()
        : CheckResult.drifted(name, expected.get(), found);
  }

  private CheckResult content(FileState found, Content content) {
    byte[] bytes = content.bytes();
    if (Content.sha256(bytes).equals(found.sha256())) {
      return CheckResult.inSync();
    }
    if (!content.isShown()) {
      return CheckResult.drifted("content", "the declared secret", "something else");
    }
    String expected = bytesAndHash("" + bytes.length, Content.sha256(bytes));
    if (found.isShared()) {
      return CheckResult.drifted("content", expected, NOT_SHOWN);
    }
    boolean isText = found.hasContent() && UnifiedDiff.isText(found.content(), bytes);
    return CheckResult.drifted(
        "content",
        expected,
        isText
            ? UnifiedDiff.of(declared.path(), found.content(), bytes)
            : bytesAndHash(found.size(), found.sha256()));
  }

  private static String bytesAndHash(String size, String sha256) {
    return "%s bytes with SHA-256 %s".formatted(size, sha256);
  }
}
