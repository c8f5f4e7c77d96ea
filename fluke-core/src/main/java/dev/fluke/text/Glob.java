package dev.fluke.text;

import java.util.regex.Pattern;

/**
 * Which paths of a source are manifests: {@code *} and {@code ?} stay within a name, {@code **}
 * crosses directories (and stands for none, too), {@code {a,b}} is one of several.
 */
public final class Glob {
  /** What is meant unless something else is said. */
  public static final Glob DEFAULT = new Glob("**/*.fluke.{yaml,yml}");

  private final String text;
  private final Pattern pattern;

  private Glob(String text) {
    this.text = text;
    this.pattern = Pattern.compile(translated(text), Pattern.DOTALL);
  }

  /**
   * A glob.
   *
   * @throws IllegalArgumentException if braces don't match
   */
  public static Glob of(String text) {
    return new Glob(text);
  }

  public boolean matches(String path) {
    return pattern.matcher(path).matches();
  }

  private static String translated(String glob) {
    StringBuilder regex = new StringBuilder();
    boolean braces = false;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 2;
      } else if (glob.startsWith("**", i)) {
        regex.append(".*");
        i++;
      } else if (c == '*' || c == '?') {
        regex.append(c == '*' ? "[^/]*" : "[^/]");
      } else if (c == '{' && !braces) {
        braces = true;
        regex.append("(?:");
      } else if (c == '}' && braces) {
        braces = false;
        regex.append(')');
      } else if (c == ',' && braces) {
        regex.append('|');
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    if (braces || glob.isBlank()) {
      throw new IllegalArgumentException(
          "glob '" + glob + "': " + (braces ? "a '{' has no '}'" : "is empty"));
    }
    return regex.toString();
  }

  @Override
  public String toString() {
    return text;
  }
}
