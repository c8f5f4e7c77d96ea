package dev.fluke.tests.gate;

import com.google.common.graph.Graph;
import com.google.common.graph.GraphBuilder;
import com.google.common.graph.Graphs;
import com.google.common.graph.MutableGraph;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which files use which: an edge for each name of a type that the code of a file contains.
 * Comments, Javadoc links included, and literals don't count. A node is the package and the name of
 * a file.
 */
final class FileGraph {
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+)(\\.\\*)?;", Pattern.MULTILINE);
  private static final Pattern DECLARED =
      Pattern.compile("\\b(?:class|interface|record|enum)\\s+(\\w+)");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])[A-Z]\\w*");
  private static final Pattern QUALIFIED =
      Pattern.compile("(?<![\\w.])([a-z]\\w*(?:\\.[a-z]\\w*)*\\.[A-Z]\\w*)");

  private final MutableGraph<String> graph = GraphBuilder.directed().allowsSelfLoops(true).build();

  /** The file of each top-level type, by package and by simple name. */
  private final Map<String, Map<String, String>> types = new HashMap<>();

  private FileGraph(List<JavaFile> files) {
    for (JavaFile file : files) {
      Map<String, String> ofPackage =
          types.computeIfAbsent(file.packageName(), name -> new HashMap<>());
      file.topLevels().forEach(type -> ofPackage.put(type.name(), node(file)));
      graph.addNode(node(file));
    }
    for (JavaFile file : files) {
      uses(file).forEach(used -> graph.putEdge(node(file), used));
    }
  }

  static FileGraph of(Collection<JavaFile> files) {
    return new FileGraph(files.stream().filter(file -> !file.isPackageInfo()).toList());
  }

  int size() {
    return graph.nodes().size();
  }

  Graph<String> edges() {
    return graph;
  }

  /** The groups of files that reach one another, each with more members than {@code most}. */
  List<Set<String>> knotsOfMoreThan(int most) {
    Map<String, Set<String>> reached = new HashMap<>();
    graph.nodes().forEach(node -> reached.put(node, Graphs.reachableNodes(graph, node)));
    List<Set<String>> knots = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String node : new TreeSet<>(graph.nodes())) {
      if (seen.contains(node)) {
        continue;
      }
      Set<String> knot = new TreeSet<>(reached.get(node));
      knot.removeIf(other -> !reached.get(other).contains(node));
      seen.addAll(knot);
      if (knot.size() > most) {
        knots.add(knot);
      }
    }
    return knots;
  }

  /** The members of a knot, each with the members that it uses. */
  String describe(Set<String> knot) {
    StringBuilder text = new StringBuilder("a knot of " + knot.size() + " files:");
    for (String member : knot) {
      Set<String> used = new TreeSet<>(graph.successors(member));
      used.retainAll(knot);
      used.remove(member);
      text.append("\n  ").append(member).append(" uses ").append(String.join(", ", used));
    }
    return text.toString();
  }

  private static String node(JavaFile file) {
    return file.packageName() + "." + file.simpleName();
  }

  private Set<String> uses(JavaFile file) {
    String code = file.code();
    Map<String, String> visible = new HashMap<>();
    Set<String> used = new HashSet<>();
    Matcher imported = IMPORT.matcher(code);
    while (imported.find()) {
      if (imported.group(2) != null && types.containsKey(imported.group(1))) {
        visible.putAll(types.get(imported.group(1)));
      }
    }
    visible.putAll(types.getOrDefault(file.packageName(), Map.of()));
    imported.reset();
    while (imported.find()) {
      use(imported.group(1), visible, used);
    }
    String body = IMPORT.matcher(code).replaceAll("");
    Matcher declared = DECLARED.matcher(body);
    while (declared.find()) {
      visible.remove(declared.group(1));
    }
    Matcher name = NAME.matcher(body);
    while (name.find()) {
      if (visible.containsKey(name.group())) {
        used.add(visible.get(name.group()));
      }
    }
    Matcher qualified = QUALIFIED.matcher(body);
    while (qualified.find()) {
      use(qualified.group(1), visible, used);
    }
    used.remove(node(file));
    return used;
  }

  /** Notes an import, or a name written out: of a type, of a nested type, or of a member. */
  private void use(String qualified, Map<String, String> visible, Set<String> used) {
    String[] parts = qualified.split("\\.", -1);
    for (int i = 1; i < parts.length; i++) {
      String of = String.join(".", List.of(parts).subList(0, i));
      String file = types.getOrDefault(of, Map.of()).get(parts[i]);
      if (file != null) {
        visible.put(parts[i], file);
        used.add(file);
      }
    }
  }
}
