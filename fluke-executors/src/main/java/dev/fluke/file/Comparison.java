package dev.fluke.file;

import dev.fluke.executor.CheckResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is found, compared with what is declared. */
record Comparison(String path, @Nullable Content content, FileOptions options) {

  CheckResult of(FileState found) {
    return switch (found.kind()) {
      case UNREADABLE, HIDDEN ->
          CheckResult.unknown(path + " is " + found.inWords() + as() + "; say who may: run_as");
      case MISSING -> content == null ? CheckResult.inSync() : unlike(found);
      case SYMLINK, DIRECTORY, SPECIAL -> unlike(found);
      case FILE -> content == null ? unlike(found) : of(found, content);
    };
  }

  private String as() {
    return options.runAs().map(user -> " by " + user).orElse(" by the login user");
  }

  private CheckResult unlike(FileState found) {
    String expected = content == null ? "missing" : "a regular file";
    return CheckResult.drifted("file", expected, found.inWords());
  }

  private CheckResult of(FileState found, Content declared) {
    CheckResult result = contentOf(found, declared);
    result = result.and(same("mode", options.mode(), found.mode()));
    String owner = options.owner().map(found::owner).orElse("");
    result = result.and(same("owner", options.owner(), owner));
    String group = options.group().map(found::group).orElse("");
    return result.and(same("group", options.group(), group));
  }

  private static CheckResult same(String what, Optional<String> expected, String found) {
    return expected.isEmpty() || expected.get().equals(found)
        ? CheckResult.inSync()
        : CheckResult.drifted(what, expected.get(), found);
  }

  private CheckResult contentOf(FileState found, Content declared) {
    byte[] bytes = declared.bytes();
    if (Content.sha256(bytes).equals(found.sha256())) {
      return CheckResult.inSync();
    }
    if (!declared.isShown()) {
      return CheckResult.drifted("content", "the declared secret", "something else");
    }
    String expected = bytes.length + " bytes with SHA-256 " + Content.sha256(bytes);
    boolean lines = found.hasContent() && UnifiedDiff.isOf(found.content(), bytes);
    return lines
        ? CheckResult.drifted("content", expected, UnifiedDiff.of(path, found.content(), bytes))
        : CheckResult.drifted(
            "content", expected, found.size() + " bytes with SHA-256 " + found.sha256());
  }
}
