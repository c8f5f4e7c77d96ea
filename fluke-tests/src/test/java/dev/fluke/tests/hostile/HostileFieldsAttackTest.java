package dev.fluke.tests.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.executor.ExecutorKind;
import dev.fluke.executor.Field;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.manifest.Task;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.request.ManualRun;
import dev.fluke.request.Scope;
import dev.fluke.text.Json;
import dev.fluke.transport.Local;
import dev.fluke.transport.Transport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 500 hostile strings in each field of each kind of steps: refused with a place, or harmless in
 * check and apply, with bash, dash and BusyBox. A new kind needs an entry in {@link #bases}, a new
 * field nothing.
 */
@Tag("attack")
@Tag("slow")
@Tag("Z01")
@Tag("Z07")
class HostileFieldsAttackTest {
  private static final int TRIES = Integer.getInteger("fluke.attack.tries", 20);
  private static final String PAYLOAD = "touch fluke-was-here";
  private static final List<String> PROGRAMS = List.of("shell.check", "shell.command");
  private static final ManifestReader READER =
      ManifestReader.of(HostileFieldsAttackTest.class.getClassLoader(), List.of());

  @TempDir Path dir;
  private Path work;
  private final List<Agent> agents = new ArrayList<>();
  private int fields;

  /** One field with a place for a text, and what stands around that place. */
  private record Target(ExecutorKind kind, Field<?> field, String yaml, boolean mustBeRefused) {}

  @BeforeEach
  void prepare() throws Exception {
    work = Files.createDirectory(dir.resolve("work"));
    Files.createDirectory(dir.resolve("bin"));
    Path mise = Files.writeString(dir.resolve("bin/mise"), "#!/bin/sh\nexit 1\n");
    Files.setPosixFilePermissions(mise, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path busybox = Files.createSymbolicLink(dir.resolve("bin/ash"), Path.of("/usr/bin/busybox"));
    agents.add(agent("bash", Local.machine(), "/bin/bash"));
    agents.add(agent("dash", Local.machine(), "/usr/bin/dash"));
    agents.add(agent("ash", Transport.throughShell("busybox", "sh"), busybox.toString()));
  }

  private Agent agent(String name, Transport transport, String shell) {
    return Agent.named(name, transport)
        .label("shell", name)
        .path(dir.resolve("bin").toString())
        .defaultShell(shell)
        .sharingAddress();
  }

  /** The fields that a step of each kind needs; @ is a directory. */
  private static Map<String, Map<String, String>> bases() {
    return Map.of(
        "shell", Map.of("check", "exit 1", "command", "true"),
        "mise", Map.of("working_dir", "@"),
        "systemd", Map.of("unit", "fluke-none.service"),
        "file", Map.of("path", "@/file", "content", "text"));
  }

  private String step(ExecutorKind kind, String field, String value) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put(kind.name(), "s");
    assertThat(bases()).as("bases() has the kind").containsKey(kind.name());
    bases()
        .get(kind.name())
        .forEach((name, text) -> all.put(name, Json.write(text.replace("@", work.toString()))));
    if (field.equals("source")) {
      all.remove("content");
    }
    all.put(field, value);
    List<String> entries = new ArrayList<>();
    all.forEach((name, text) -> entries.add(name + ": " + text));
    return "tasks: { NAME: { selector: { match_labels: { shell: SHELL } }, steps: [ { %s } ] } }\n"
        .formatted(String.join(", ", entries));
  }

  private List<Target> targets() {
    List<Target> all = new ArrayList<>();
    for (ExecutorKind kind : ServiceLoader.load(ExecutorKind.class)) {
      for (Field<?> field : kind.fields()) {
        for (String value : places(field)) {
          if (!PROGRAMS.contains(kind.name() + "." + field.name())) {
            boolean refused = value.contains("*: ") || isChosen(field.type());
            all.add(new Target(kind, field, step(kind, field.name(), value), refused));
          }
        }
      }
    }
    return all;
  }

  private static boolean isChosen(Field.Type type) {
    return type == Field.Type.FLAG || type == Field.Type.DURATION || type == Field.Type.CHOICE;
  }

  /** Where the text can stand in the value of a field: a star in YAML. */
  private static List<String> places(Field<?> field) {
    return switch (field.type()) {
      case PATH -> List.of("@/*", "*");
      case TEXTS, SECRETS_OR_TEXTS -> List.of("{ NAME: * }", "{ *: x }");
      case GROUP -> placesIn(field.members());
      case NAME -> field.name().equals("url") ? List.of("file://@/*", "*") : List.of("*");
      case TEXT, SECRET_OR_TEXT, FLAG, DURATION, CHOICE -> List.of("*");
    };
  }

  private static List<String> placesIn(List<Field<?>> members) {
    List<String> all = new ArrayList<>();
    for (Field<?> member : members) {
      for (String place : places(member)) {
        List<String> entries = new ArrayList<>();
        for (Field<?> other : members) {
          if (other.equals(member) || other.isRequired()) {
            entries.add(other.name() + ": " + (other.equals(member) ? place : "file://@/none"));
          }
        }
        all.add("{ " + String.join(", ", entries) + " }");
      }
    }
    return all;
  }

  /** The task with this text in its place; empty if it is refused with a place. */
  private Optional<Task> task(Target target, String text, String name, String shell) {
    String yaml = target.yaml();
    String prefix = yaml.contains("file://@/*") ? "file://@/" : yaml.contains("@/*") ? "@/" : "";
    String whole = Json.write(prefix.replace("@", work.toString()) + text);
    yaml =
        yaml.replace(prefix + "*", whole)
            .replace("@", work.toString())
            .replace("NAME:", "N:")
            .replace("{ N: { selector", "{ " + name + ": { selector")
            .replace("SHELL", shell);
    try {
      return Optional.of(READER.read(Map.of("a.fluke.yaml", yaml.getBytes(UTF_8))).tasks().get(0));
    } catch (InvalidManifestException e) {
      assertThat(e.problems())
          .as(yaml)
          .isNotEmpty()
          .allMatch(
              problem -> problem.line() > 0 && problem.message().chars().allMatch(c -> c >= ' '));
      return Optional.empty();
    }
  }

  @Test
  void runNothingFromAnyField() throws Exception {
    List<String> strings = HostileStrings.running(PAYLOAD);
    assertThat(strings).hasSizeGreaterThan(500);
    for (Target target : targets()) {
      String name = target.kind().name() + "." + target.field().name();
      List<Task> accepted = new ArrayList<>();
      for (int i = 0; i < strings.size(); i++) {
        String shell = agents.get(i % agents.size()).name();
        task(target, strings.get(i), "t" + i, shell).ifPresent(accepted::add);
      }
      assertThat(target.mustBeRefused() ? accepted : List.of()).as(name).isEmpty();
      int ran = reconcile(accepted) + strangeFiles(target, strings);
      System.out.printf("attack\thostile strings in %s\t%d\t%d%n", name, strings.size(), ran);
      assertThat(ran).as(name + " ran the payload").isZero();
      fields++;
    }
    assertThat(fields).isGreaterThan(20);
  }

  /** Checks and applies the tasks; the number of markers that a payload left. */
  private int reconcile(List<Task> accepted) throws Exception {
    List<Task> some = TRIES >= 200 ? accepted : some(accepted);
    if (some.isEmpty()) {
      return 0;
    }
    try (Reconciler reconciler =
        Reconciler.builder().agents(agents).manifest(Manifest.of(some)).build()) {
      assertThat(reconciler.plan(Scope.all()).tasks()).hasSizeGreaterThanOrEqualTo(some.size());
      for (Agent agent : agents) {
        reconciler.reconcile(ManualRun.of(Scope.agent(agent.name())).force());
      }
    }
    return markers(dir)
        + markersIn(Path.of(System.getProperty("user.home")))
        + markersIn(Path.of(""));
  }

  /** As many as there are tries, other ones for each field. */
  private List<Task> some(List<Task> all) {
    List<Task> some = new ArrayList<>();
    int step = Math.max(1, all.size() / TRIES);
    for (int i = fields % step; i < all.size(); i += step) {
      some.add(all.get(i));
    }
    return some;
  }

  /** What the attack looks for is there if a payload does run. */
  @Test
  void noticesAPayloadThatRuns() throws Exception {
    Task task =
        READER
            .read(
                Map.of(
                    "a.fluke.yaml",
                    """
                    tasks:
                      t:
                        selector: { all: true }
                        steps: [ { shell: s, working_dir: "%s", check: exit 1, command: %s } ]
                    """
                        .formatted(work, PAYLOAD)
                        .getBytes(UTF_8)))
            .tasks()
            .get(0);
    assertThat(reconcile(List.of(task))).isPositive();
  }

  /** Files that no step declares; those that are declared are deleted. */
  private int strangeFiles(Target target, List<String> strings) throws Exception {
    Set<Path> declared = new HashSet<>(Set.of(work.resolve("file")));
    if (target.yaml().contains("path: \"@/*\"") || target.yaml().contains("path: @/*")) {
      for (String string : strings) {
        if (string.indexOf('\0') < 0) {
          declared.add(work.resolve(string.replaceFirst("^/+", "")).normalize());
        }
      }
    }
    List<Path> found;
    try (Stream<Path> files = Files.walk(work)) {
      found = files.filter(file -> !file.equals(work)).sorted(Comparator.reverseOrder()).toList();
    }
    int strange = 0;
    for (Path file : found) {
      strange += declared.contains(file) ? 0 : 1;
      Files.delete(file);
    }
    return strange;
  }

  private static int markersIn(Path directory) throws Exception {
    return Files.exists(directory.resolve("fluke-was-here")) ? 1 : 0;
  }

  private static int markers(Path below) throws Exception {
    try (Stream<Path> files = Files.walk(below)) {
      return (int) files.filter(file -> file.endsWith("fluke-was-here")).count();
    }
  }
}
