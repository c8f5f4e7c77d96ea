package dev.fluke.manifest;

import static java.util.Objects.requireNonNull;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.manifest.Manifest.NamedSecret;
import dev.fluke.text.FileProblem;
import dev.fluke.text.Limits;
import dev.fluke.yaml.internal.Mapping;
import dev.fluke.yaml.internal.Problems;
import dev.fluke.yaml.internal.YamlFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads {@code *.fluke.yaml} files. Accepts a set of files only as a whole, and reports every
 * mistake in it at once.
 *
 * <p>Knows the kinds of steps that it is given, and those that {@link java.util.ServiceLoader}
 * finds. Immutable and thread-safe.
 */
public final class ManifestReader {
  private static final List<String> KEYS = List.of("locals", "tasks");

  private final Map<String, ExecutorKind> kinds;
  private final boolean alerts;

  private ManifestReader(Map<String, ExecutorKind> kinds, boolean alerts) {
    this.kinds = kinds;
    this.alerts = alerts;
  }

  /**
   * A reader that knows the kinds of this class loader, and these.
   *
   * @throws IllegalStateException if two kinds have the same name, or one can't be loaded; the
   *     message names each, and says where it comes from
   */
  public static ManifestReader of(ClassLoader loader, List<ExecutorKind> kinds) {
    return new ManifestReader(Kinds.of(List.of(requireNonNull(loader, "loader")), kinds), true);
  }

  /**
   * A reader that knows the kinds of the context class loader of this thread and those of the class
   * loader of Fluke, and these. A context class loader that is null, or that has a Fluke of its
   * own, is not asked.
   *
   * @throws IllegalStateException as {@link #of(ClassLoader, List)} does
   */
  public static ManifestReader ofUsualLoaders(List<ExecutorKind> kinds) {
    return new ManifestReader(Kinds.of(Kinds.usualLoaders(), kinds), true);
  }

  /** A reader that knows these kinds and no others. */
  public static ManifestReader of(ExecutorKind... kinds) {
    return new ManifestReader(Kinds.of(List.of(), List.of(kinds)), true);
  }

  /**
   * A reader that refuses drift policies that alert, because there is no alert sink. Other readers
   * accept them, since only a reconciler knows whether it has a sink.
   */
  public ManifestReader withoutAlerts() {
    return new ManifestReader(kinds, false);
  }

  /**
   * Reads these files.
   *
   * @param files their content by path; the tasks are in the order of paths, then of lines
   * @param others returns the content of any other file of the same revision, or null
   * @throws InvalidManifestException if any file has a mistake
   */
  public Manifest read(Map<String, byte[]> files, OtherFiles others)
      throws InvalidManifestException {
    Set<FileProblem> found = new TreeSet<>();
    List<Task> tasks = new ArrayList<>();
    List<NamedSecret> secrets = new ArrayList<>();
    Reading reading = new Reading(new RevisionUsage(), others, new HashMap<>(), tasks, secrets);
    List<String> paths = files.keySet().stream().sorted().toList();
    for (int i = 0; i < paths.size(); i++) {
      Problems problems = new Problems(paths.get(i));
      boolean whole = read(requireNonNull(files.get(paths.get(i))), reading, problems);
      found.addAll(problems.found());
      if (!whole || found.size() >= Limits.PROBLEMS) {
        found.addAll(unread(paths.subList(i + 1, paths.size())));
        break;
      }
    }
    if (!found.isEmpty()) {
      throw new InvalidManifestException(found);
    }
    return Manifest.of(tasks).naming(secrets);
  }

  private static List<FileProblem> unread(List<String> paths) {
    return paths.isEmpty()
        ? List.of()
        : List.of(
            new FileProblem(
                paths.get(0),
                1,
                1,
                "this file and %d more are not read; correct the other problems first"
                    .formatted(paths.size() - 1)));
  }

  /** What is known of the revision so far. */
  private record Reading(
      RevisionUsage usage,
      OtherFiles others,
      Map<String, String> places,
      List<Task> tasks,
      List<NamedSecret> secrets) {}

  /** Reads a file; false if a limit ended the reading of the revision. */
  private boolean read(byte[] file, Reading reading, Problems problems) {
    Node root = YamlFile.read(file, problems);
    try {
      if (root != null) {
        for (Mapping.Entry entry : tasks(root, reading, problems)) {
          unique(entry, reading.places(), problems);
        }
      }
      return true;
    } catch (Problems.EndedException e) {
      return false;
    }
  }

  /** As {@link #read(Map, OtherFiles)}, where there are no other files. */
  public Manifest read(Map<String, byte[]> files) throws InvalidManifestException {
    return read(files, path -> null);
  }

  /** The files of a revision that are not manifests. */
  public interface OtherFiles {
    /**
     * The content of the file.
     *
     * @return null if the file does not exist
     * @throws IllegalArgumentException if the file can't be read; the message says why
     */
    byte @Nullable [] content(String path);
  }

  /** The names of the kinds that it knows. */
  public Set<String> kinds() {
    return kinds.keySet();
  }

  /** The JSON Schema (draft-07) of a manifest file, for editors and other tools. */
  public String schema() {
    return Schema.of(kinds);
  }

  /** The reference of all kinds and their fields, as Markdown. */
  public String reference() {
    return Reference.of(kinds);
  }

  private List<Mapping.Entry> tasks(Node root, Reading reading, Problems problems) {
    Mapping top = Mapping.of(root, "", "a mapping with 'tasks', and 'locals' if need be", problems);
    Mapping.Entry declared = top.take("locals");
    Mapping.Entry listed = top.take("tasks");
    top.misplaced(MappingNode.class, KEYS, "if it is a task, indent it below 'tasks'");
    top.nothingElse("key", KEYS);
    Locals locals =
        declared == null ? Locals.none(problems) : Locals.of(declared.value(), problems);
    if (listed == null) {
      return List.of();
    }
    RevisionUsage usage = reading.usage();
    Values values = new Values(problems, locals, usage);
    OtherFiles counted = path -> usage.namedFile(path, reading.others().content(path));
    RevisionFiles files = new RevisionFiles(problems.file(), counted);
    TaskReader reader = new TaskReader(values, new StepReader(kinds, values, files), alerts, usage);
    List<Mapping.Entry> entries =
        Mapping.of(listed.value(), "tasks", "a mapping of task names", problems).entries();
    for (Mapping.Entry entry : entries) {
      Task task = reader.read(entry);
      if (task != null) {
        reading.tasks().add(task);
      }
    }
    reading.secrets().addAll(values.namedSecrets());
    return entries;
  }

  private static void unique(Mapping.Entry entry, Map<String, String> places, Problems problems) {
    String place = problems.file() + ":" + Problems.place(entry.key());
    String first = places.putIfAbsent(entry.name().toLowerCase(Locale.ROOT), place);
    if (first != null) {
      problems.at(
          entry.key(),
          "task '%s': is declared at %s already; task names are unique across files, case aside"
              .formatted(entry.name(), first));
    }
  }
}
