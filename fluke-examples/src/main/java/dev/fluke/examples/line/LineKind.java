package dev.fluke.examples.line;

import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Settings;
import java.util.List;

// tag::lineKind
/** The kind {@code line}. */
public final class LineKind implements ExecutorKind {
  private static final Field<String> FILE = Field.path("file", "where it stands").required();
  private static final Field<String> TEXT = Field.text("text", "the whole line").required();

  @Override
  public String name() {
    return "line";
  }

  @Override
  public String about() {
    return "A file with this line in it.";
  }

  @Override
  public List<Field<?>> fields() {
    return List.of(FILE, TEXT);
  }

  @Override
  public Executor read(Settings values) {
    if (values.get(TEXT).contains("\n")) {
      throw new IllegalArgumentException("'text' has several lines; make a step of each");
    }
    return new Line(values.get(FILE), values.get(TEXT));
  }
}
// end::lineKind
