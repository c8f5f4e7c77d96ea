package dev.fluke.tests.gate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Java file.
 *
 * @param module the directory of its module
 * @param main whether it is shipped: below src/main
 * @param path its path from the root of the project
 * @param parts its text, split
 */
record JavaFile(String module, boolean main, String path, String text, JavaText parts) {
  private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);
  private static final Pattern TOP_LEVEL =
      Pattern.compile(
          "^(public )?(?:(?:abstract|final|sealed|non-sealed|strictfp) )*"
              + "(?:class|interface|record|enum|@interface) (\\w+)",
          Pattern.MULTILINE);

  /** A type that no other type encloses. */
  record TopLevel(String name, boolean isPublic) {}

  static JavaFile of(String module, boolean main, String path, String text) {
    return new JavaFile(module, main, path, text, JavaText.of(text));
  }

  String packageName() {
    Matcher found = PACKAGE.matcher(code());
    return found.find() ? found.group(1) : "";
  }

  /** The name without directories and ending. */
  String simpleName() {
    return path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
  }

  boolean isPackageInfo() {
    return simpleName().equals("package-info");
  }

  long lines() {
    return text.lines().count();
  }

  String code() {
    return parts.code();
  }

  /** Its types in the order of the file; the formatter puts them, and only them, at column one. */
  List<TopLevel> topLevels() {
    List<TopLevel> types = new ArrayList<>();
    Matcher found = TOP_LEVEL.matcher(code());
    while (found.find()) {
      types.add(new TopLevel(found.group(2), Optional.ofNullable(found.group(1)).isPresent()));
    }
    return types;
  }

  @Override
  public String toString() {
    return path;
  }
}
