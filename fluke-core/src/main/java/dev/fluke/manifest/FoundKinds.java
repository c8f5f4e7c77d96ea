package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.text.ErrorText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** The kinds of steps that the service loader finds. One that can't be loaded hides no other. */
final class FoundKinds {
  private static final String SERVICE = "META-INF/services/" + ExecutorKind.class.getName();
  private static final int MOST_FAILURES = 100;

  private final ClassLoader loader;
  private final List<String> problems;
  private final List<ExecutorKind> found = new ArrayList<>();

  private FoundKinds(ClassLoader loader, List<String> problems) {
    this.loader = loader;
    this.problems = problems;
  }

  /** Those of this class loader; adds a problem for each that can't be loaded. */
  static List<ExecutorKind> in(ClassLoader loader, List<String> problems) {
    FoundKinds kinds = new FoundKinds(loader, problems);
    kinds.find();
    return kinds.found;
  }

  /** Whether kinds that this class loader finds are kinds of another copy of Fluke. */
  static boolean areOfAnotherFluke(ClassLoader loader) {
    try {
      return loader.loadClass(ExecutorKind.class.getName()) != ExecutorKind.class;
    } catch (ClassNotFoundException | LinkageError e) {
      return false; // it has no Fluke, but may have a kind all the same
    }
  }

  private void find() {
    Iterator<ExecutorKind> all = ServiceLoader.load(ExecutorKind.class, loader).iterator();
    String last = "";
    for (int failures = 0; failures < MOST_FAILURES; failures++) {
      try {
        while (all.hasNext()) {
          found.add(all.next());
        }
        return;
      } catch (ServiceConfigurationError e) {
        String why = ErrorText.withCauses(e);
        if (why.equals(last)) {
          return; // the service loader stands still, for example at a file that can't be read
        }
        last = why;
        problems.add("a kind can't be loaded: " + why);
      } catch (LinkageError e) {
        problems.add("a kind can't be loaded: %s: %s".formatted(nameOf(e), ErrorText.of(e)));
      }
    }
  }

  /** The class whose loading fails with this error, which names only what that class uses. */
  private String nameOf(LinkageError error) {
    try {
      for (URL file : Collections.list(loader.getResources(SERVICE))) {
        for (String name : namesIn(file)) {
          if (failsLike(name, error)) {
            return name;
          }
        }
      }
    } catch (IOException e) {
      return SERVICE; // as exact as can be said
    }
    return SERVICE;
  }

  private static List<String> namesIn(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    connection.setUseCaches(false); // a cached jar would stay open
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8)
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .toList();
    }
  }

  private boolean failsLike(String name, LinkageError error) {
    try {
      Class.forName(name, false, loader);
      return false;
    } catch (ClassNotFoundException e) {
      return false;
    } catch (LinkageError e) {
      return String.valueOf(e.getMessage()).equals(String.valueOf(error.getMessage()));
    }
  }
}
