package dev.fluke.command;

import dev.fluke.text.Json;
import dev.fluke.text.Printable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms in which a secret may come back: as it is, encoded, escaped, and line by line. */
final class SecretForms {
  private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

  private SecretForms() {}

  /**
   * All forms of a secret that are long enough to be masked.
   *
   * @param shortest how many characters that is
   */
  static Set<String> of(String value, int shortest) {
    Set<String> all = new HashSet<>();
    add(all, value);
    add(all, value.strip());
    value
        .lines()
        .map(String::strip)
        .filter(line -> line.length() >= shortest)
        .forEach(line -> add(all, line));
    all.removeIf(form -> form.length() < shortest);
    return all;
  }

  private static void add(Set<String> forms, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    forms.add(value);
    forms.add(Printable.of(value));
    forms.add(value.replace("'", "'\\''")); // in single quotes of a shell
    addJson(forms, value);
    addUrl(forms, value);
    addHex(forms, bytes);
    addBase64(forms, bytes);
  }

  private static void addJson(Set<String> forms, String value) {
    String quoted = Json.write(value);
    String json = quoted.substring(1, quoted.length() - 1);
    forms.add(json);
    forms.add(json.replace("/", "\\/"));
    forms.add(ascii(json, ""));
    forms.add(ascii(json, "<>&='")); // as Gson writes it
  }

  /** With {@code \}{@code uXXXX} for what is not ASCII, and for each of {@code others}. */
  private static String ascii(String json, String others) {
    StringBuilder ascii = new StringBuilder();
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      boolean plain = c < 0x7f && others.indexOf(c) < 0;
      ascii.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    }
    return ascii.toString();
  }

  /** Encoders differ in what they leave as it is, in how they write a space, and in case. */
  private static void addUrl(Set<String> forms, String value) {
    String strict = URLEncoder.encode(value, StandardCharsets.UTF_8);
    String loose = strict.replace("+", "%20").replace("%7E", "~");
    String component =
        loose.replace("%21", "!").replace("%27", "'").replace("%28", "(").replace("%29", ")");
    for (String url :
        List.of(strict, strict.replace("+", "%20"), loose, loose.replace("%2F", "/"), component)) {
      forms.add(url);
      forms.add(ESCAPE.matcher(url).replaceAll(each -> each.group().toLowerCase(Locale.ROOT)));
    }
  }

  /** Without spaces, and as {@code od} and {@code hexdump} print it. */
  private static void addHex(Set<String> forms, byte[] bytes) {
    for (HexFormat hex : List.of(HexFormat.of(), HexFormat.ofDelimiter(" "))) {
      forms.add(hex.formatHex(bytes));
      forms.add(hex.withUpperCase().formatHex(bytes));
    }
  }

  /** Whole, and what of it does not change with what stands before and after it. */
  private static void addBase64(Set<String> forms, byte[] bytes) {
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      forms.add(encoder.encodeToString(bytes));
      forms.add(encoder.withoutPadding().encodeToString(bytes));
      for (int before = 0; before < 3; before++) {
        int skip = (3 - before) % 3;
        int whole = Math.max(0, bytes.length - skip) / 3 * 3;
        if (whole > 0) {
          forms.add(encoder.encodeToString(Arrays.copyOfRange(bytes, skip, skip + whole)));
        }
      }
    }
  }
}
