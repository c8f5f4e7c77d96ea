package dev.fluke.command;

import dev.fluke.text.Json;
import dev.fluke.text.Printable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hides secrets in text that comes back from a host, in whatever form they come back: as they are,
 * in base64, in hexadecimal, encoded for URLs, or escaped; a secret of several lines also line by
 * line. Shorter ones than 4 characters are left, since they stand in every text by chance.
 *
 * <p>Learns secrets as commands are sent. Safe for use by any thread.
 */
public final class Mask {
  private static final String HIDDEN = "***";
  private static final int SHORTEST = 4;
  private static final int SHORTEST_LINE = 8;

  private final Set<Secret> secrets = new HashSet<>();
  private @Nullable List<String> forms; // longest first; null if they must be worked out again

  /** Hides the secrets of this command, too. */
  public synchronized void learn(Command command) {
    List<Secret> more = command.secrets();
    if (!more.isEmpty() && secrets.addAll(more)) {
      forms = null;
    }
  }

  /** Hides this one, too. */
  public synchronized void learn(Secret secret) {
    if (secrets.add(secret)) {
      forms = null;
    }
  }

  /**
   * {@code text} with {@code ***} for each secret in it; nothing of it if a secret can't be had.
   */
  public String hide(String text) {
    List<String> known;
    try {
      known = forms();
    } catch (RuntimeException e) {
      return HIDDEN + " (a secret's supplier failed: " + e.getClass().getSimpleName() + ")";
    }
    String shown = text;
    for (String form : known) {
      shown = shown.replace(form, HIDDEN);
    }
    return shown;
  }

  private synchronized List<String> forms() {
    List<String> known = forms;
    if (known == null) {
      known = formsOf(secrets.stream().map(Secret::reveal).toList());
      forms = known;
    }
    return known;
  }

  private static List<String> formsOf(Collection<String> values) {
    Set<String> all = new HashSet<>();
    for (String value : values) {
      add(all, value);
      add(all, value.strip());
      value
          .lines()
          .map(String::strip)
          .filter(line -> line.length() >= SHORTEST_LINE)
          .forEach(line -> add(all, line));
    }
    List<String> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingInt(String::length).reversed().thenComparing(form -> form));
    return List.copyOf(sorted);
  }

  private static void add(Set<String> forms, String value) {
    if (value.length() < SHORTEST) {
      return;
    }
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    forms.add(value);
    forms.add(Printable.of(value));
    forms.add(inside(Json.write(value)));
    forms.add(value.replace("'", "'\\''"));
    String url = URLEncoder.encode(value, StandardCharsets.UTF_8);
    forms.add(url);
    forms.add(url.replace("+", "%20"));
    forms.add(lowerEscapes(url));
    forms.add(lowerEscapes(url.replace("+", "%20")));
    String hex = HexFormat.of().formatHex(bytes);
    forms.add(hex);
    forms.add(hex.toUpperCase(Locale.ROOT));
    addBase64(forms, bytes);
  }

  private static String inside(String quoted) {
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String lowerEscapes(String url) {
    StringBuilder lower = new StringBuilder(url);
    for (int i = 0; i + 2 < url.length(); i++) {
      if (url.charAt(i) == '%') {
        lower.replace(i, i + 3, url.substring(i, i + 3).toLowerCase(Locale.ROOT));
      }
    }
    return lower.toString();
  }

  /** Whole, and what of it does not change with what stands before and after it. */
  private static void addBase64(Set<String> forms, byte[] bytes) {
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      forms.add(encoder.encodeToString(bytes));
      for (int before = 0; before < 3; before++) {
        int skip = (3 - before) % 3;
        int whole = (bytes.length - skip) / 3 * 3;
        if (whole >= 6) {
          forms.add(encoder.encodeToString(Arrays.copyOfRange(bytes, skip, skip + whole)));
        }
      }
    }
  }
}
