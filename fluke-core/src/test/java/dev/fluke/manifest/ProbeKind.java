package dev.fluke.manifest;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.executor.Host;
import dev.fluke.executor.Settings;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A kind with a field of each type; its executor is nothing but what was read. */
public final class ProbeKind implements ExecutorKind {
  static final Field<String> CHECK = Field.text("check", "what is looked at").required();
  private static final Field<Settings> GIT =
      Field.group(
          "git",
          "where it comes from",
          Field.name("url", "the repository").required(),
          Field.name("branch", "the branch").or("main"));
  private static final List<Field<?>> FIELDS =
      List.of(
          CHECK,
          Field.name("unit", "what it is about"),
          Field.path("working_dir", "where it runs").unlessGiven("the home"),
          Field.flag("enabled", "whether it is on").or(true),
          Field.duration("settle", "how long it takes"),
          Field.choice("state", "how it is", "running", "stopped").or("running"),
          Field.texts("env", "variables"),
          GIT,
          Field.text("source", "a file of the revision"));

  /** For the service loader. */
  public ProbeKind() {}

  /** What was read. */
  record Probe(Map<String, Object> values) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  @Override
  public String name() {
    return "probe";
  }

  @Override
  public String about() {
    return "Looks at things.";
  }

  @Override
  public List<Field<?>> fields() {
    return FIELDS;
  }

  @Override
  public Executor read(Settings values) {
    Map<String, Object> read = new LinkedHashMap<>();
    for (Field<?> field : FIELDS) {
      values.find(field).ifPresent(value -> read.put(field.name(), value));
    }
    values
        .find(GIT)
        .ifPresent(
            git -> read.put("git", List.of(git.get(Field.name("url", "")), git.get(branch()))));
    Object source = read.get("source");
    if (source != null) {
      read.put("source", new String(values.file(source.toString()), StandardCharsets.UTF_8));
    }
    if (read.get(CHECK.name()).equals("impossible")) {
      throw new IllegalArgumentException("check and unit don't fit together");
    }
    return new Probe(read);
  }

  private static Field<String> branch() {
    return Field.name("branch", "");
  }
}
