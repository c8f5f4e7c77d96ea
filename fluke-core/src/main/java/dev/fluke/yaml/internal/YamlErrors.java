package dev.fluke.yaml.internal;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Rewords the messages of the YAML library in plain words, and adds a way out. */
final class YamlErrors {
  private static final String QUOTE =
      "put quotes around the whole text, or write it on lines of its own below a '|'";

  private final String problem;
  private final String context;
  private final Mark began;
  private final String before;
  private final String line;

  private YamlErrors(MarkedYAMLException e, Mark at, String text) {
    this.problem = String.valueOf(e.getProblem());
    this.context = String.valueOf(e.getContext());
    this.began = e.getContextMark() == null ? at : e.getContextMark();
    this.line = text.lines().skip(at.getLine()).findFirst().orElse("");
    this.before = line.substring(0, Math.min(at.getColumn(), line.length()));
  }

  static void note(MarkedYAMLException e, String text, Problems problems) {
    Mark at = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
    if (at == null) {
      problems.at(1, 1, "is not valid YAML: " + e.getProblem());
      return;
    }
    YamlErrors trouble = new YamlErrors(e, at, text);
    problems.at(
        trouble.isOpenQuote() ? trouble.began : at, "is not valid YAML: " + trouble.withAWayOut());
  }

  private boolean isOpenQuote() {
    return context.contains("quoted scalar") && problem.contains("end of stream");
  }

  private String withAWayOut() {
    if (problem.contains("TAB")) {
      return "the indentation contains a tab; indent with spaces";
    }
    if (problem.contains("but found another document")) {
      return "another document begins here; split the file, which can hold only one";
    }
    if (isOpenQuote()) {
      return "the quote that begins here is not closed";
    }
    if (context.contains("flow") && line.contains("${")) {
      return problem + "; inside { } and [ ] put quotes around ${…}";
    }
    if (context.contains("flow")) {
      return problem + "; a { or [ may not be closed" + whereItBegan();
    }
    if (isIndentedWrongly()) {
      return "its indentation matches no line above it; indent it like the lines that it belongs to";
    }
    return problem.contains("nested deeper") ? problem : inPlainWords() + "; " + QUOTE;
  }

  /** A key or an item that begins its line where no key or item can be. */
  private boolean isIndentedWrongly() {
    boolean beginsLine = before.isBlank() && problem.contains("expected <block end>");
    boolean keyBeginsLine =
        before.matches("\\s+(- )?[\\w.-]+") && problem.contains("mapping values are not allowed");
    return beginsLine || keyBeginsLine;
  }

  private String inPlainWords() {
    if (problem.contains("mapping values are not allowed")) {
      return "': ' turns the text before it into a key";
    }
    if (problem.contains("expected <block end>")) {
      return "the text continues after its end";
    }
    return problem.replaceFirst("\\. \\(Do not use .*", "");
  }

  private String whereItBegan() {
    return context.contains("flow node")
        ? ""
        : ", such as the one at " + (began.getLine() + 1) + ":" + (began.getColumn() + 1);
  }
}
