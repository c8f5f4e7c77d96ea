package dev.fluke.text;

import java.net.URL;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A library that Fluke calls. Where an application brings an older one, calls fail with a {@link
 * LinkageError}, whose message names neither the library nor the jar that it came from.
 */
public enum Library {
  SNAKE_YAML(
      "SnakeYAML",
      "org.yaml:snakeyaml 2.0",
      "org.yaml.snakeyaml.",
      "LoaderOptions.setTagInspector"),
  JGIT(
      "JGit",
      "org.eclipse.jgit:org.eclipse.jgit 6.10",
      "org.eclipse.jgit.",
      "lib.PersonIdent.getWhenAsInstant"),
  JSCH("JSch", "com.github.mwiede:jsch 0.2.26", "com.jcraft.jsch.", "Session.setLogger"),
  GUAVA("Guava", "com.google.guava:guava 27.0.1", "com.google.common.", "base.Splitter.on"),
  SLF4J("SLF4J", "org.slf4j:slf4j-api 1.7.36", "org.slf4j.", "Logger.warn"),
  JAVA_EWAH(
      "JavaEWAH",
      "com.googlecode.javaewah:JavaEWAH 1.2",
      "com.googlecode.javaewah.",
      "EWAHCompressedBitmap.add"),
  CODEC(
      "Commons Codec",
      "commons-codec:commons-codec 1.16",
      "org.apache.commons.codec.",
      "binary.Hex.encodeHex");

  private static final Logger log = LoggerFactory.getLogger(Library.class);
  private static final Pattern CLASS_NAME =
      Pattern.compile("[a-z]\\w*(?:[./][\\w$]+)*[./][A-Z][\\w$]*");
  private static final Pattern OUTSIDE =
      Pattern.compile("^(?!java[./]|javax[./]|dev[./]fluke[./]).*");
  private static final int MOST_CAUSES = 10;
  private static final int MOST_WARNINGS = 100;
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  private final String title;
  private final String needed;
  private final String prefix;
  private final String type;
  private final String method;

  /**
   * A library.
   *
   * @param prefix what the names of its classes begin with
   * @param method one that Fluke calls and older versions lack, without the prefix
   */
  Library(String title, String needed, String prefix, String method) {
    this.title = title;
    this.needed = needed;
    this.prefix = prefix;
    this.type = prefix + method.substring(0, method.lastIndexOf('.'));
    this.method = method.substring(method.lastIndexOf('.') + 1);
  }

  /**
   * What is wrong with this library: it is missing, or too old; empty if it fits.
   *
   * @param loader the class loader of the code that calls it
   */
  public Optional<String> problem(@Nullable ClassLoader loader) {
    try {
      Class<?> found = Class.forName(type, false, loader);
      boolean has = Arrays.stream(found.getMethods()).anyMatch(m -> m.getName().equals(method));
      return has ? Optional.empty() : Optional.of(unfit(placeOf(found)));
    } catch (ClassNotFoundException e) {
      return Optional.of(unfit(""));
    } catch (LinkageError | SecurityException e) {
      return Optional.of(unfit(placeOf(loader, type)) + ": " + e);
    }
  }

  private String unfit(String place) {
    return place.isEmpty()
        ? "%s is missing; Fluke needs %s or later".formatted(title, needed)
        : "%s in %s does not fit; Fluke needs %s or later, so remove the other one"
            .formatted(title, place, needed);
  }

  /**
   * What a linkage error in this throwable, or in its causes, is about: the library, the jar that
   * it was loaded from, and the version that is needed. Empty if there is no such error.
   */
  public static Optional<String> problemBehind(Throwable t) {
    Throwable each = t;
    for (int i = 0; i < MOST_CAUSES && each != null; i++) {
      if (each instanceof LinkageError error) {
        return Optional.of(problemOf(error));
      }
      each = causeOf(each);
    }
    return Optional.empty();
  }

  private static String problemOf(LinkageError error) {
    String type = typeIn(messageOf(error));
    if (type.isEmpty()) {
      return "a class does not fit";
    }
    String place = placeOf(Library.class.getClassLoader(), type);
    return Arrays.stream(values())
        .filter(library -> type.startsWith(library.prefix))
        .map(library -> library.unfit(place))
        .findFirst()
        .orElse(
            place.isEmpty()
                ? "the class %s is missing".formatted(type)
                : "the class %s in %s does not fit".formatted(type, place));
  }

  /** The first class that a message names, except those of Java and Fluke if it has another. */
  private static String typeIn(String message) {
    String first = "";
    Matcher names = CLASS_NAME.matcher(message);
    while (names.find()) {
      String name = names.group().replace('/', '.');
      if (OUTSIDE.matcher(name).matches()) {
        return name;
      }
      first = first.isEmpty() ? name : first;
    }
    return first;
  }

  /**
   * Logs at WARN that a library does not fit, once for each, if that is what the throwable is
   * about.
   *
   * @param what failed, for example {@code source infra}
   * @param hide gives a text without its secrets
   */
  public static void warnOnce(String what, Throwable t, UnaryOperator<String> hide) {
    Optional<String> problem = problemBehind(t);
    if (problem.isPresent() && WARNED.size() < MOST_WARNINGS && WARNED.add(problem.get())) {
      log.warn("{}: {}", what, ErrorText.of(t, hide));
    }
  }

  private static String placeOf(@Nullable ClassLoader loader, String type) {
    try {
      return placeOf(Class.forName(type, false, loader));
    } catch (ClassNotFoundException | LinkageError | SecurityException e) {
      URL file = loader == null ? null : loader.getResource(type.replace('.', '/') + ".class");
      return file == null ? "" : file.toString().replaceFirst("^jar:(.*)!.*", "$1");
    }
  }

  private static String placeOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? "the class loader " + type.getClassLoader()
        : source.getLocation().toString();
  }

  private static String messageOf(Throwable t) {
    String message = t.getMessage();
    return message == null ? t.getClass().getName().toLowerCase(Locale.ROOT) : message;
  }

  private static @Nullable Throwable causeOf(Throwable t) {
    try {
      return t.getCause();
    } catch (Throwable broken) { // user code
      return null;
    }
  }
}
