package dev.fluke.tests.hostile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Texts that run a payload wherever one of them reaches a shell, or is read as an option. */
final class HostileStrings {
  private static final List<String> BEFORE =
      List.of(
          "",
          "web",
          "'",
          "\"",
          "\\",
          "\\'",
          "'\"'",
          "\n",
          "web\n",
          "\r\n",
          ";",
          "web;",
          "&&",
          "||",
          "|",
          "&",
          "(",
          "{ ",
          "})",
          "$(",
          "`",
          "\nEOF\n",
          "\n}\n",
          "#\n",
          "-",
          "--",
          "--x=",
          "~/",
          "../",
          "$HOME/",
          "/dev/null ",
          "x=1 ",
          "%s",
          "$'\\n'",
          "!");
  private static final List<String> AROUND =
      List.of(
          "$(%s)",
          "`%s`",
          ";%s;",
          "\n%s\n",
          "|%s|",
          "&%s&",
          "';%s;'",
          "\";%s;\"",
          "${x:=$(%s)}",
          "$((x[$(%s)]))",
          "<(%s)",
          ">(%s)",
          "'$(%s)'",
          "-c %s",
          "--upload-pack=%s",
          "ext::sh -c %s",
          "-oProxyCommand=%s");

  private HostileStrings() {}

  /** At least 500, each with this payload; a NUL and other control characters are among them. */
  static List<String> running(String payload) {
    Set<String> all = new LinkedHashSet<>();
    for (String around : AROUND) {
      for (String before : BEFORE) {
        all.add(before + around.replace("%s", payload));
      }
    }
    for (String mark : List.of("\0", "\u0001", "\u001b[2J", "\u202e", "\u2028", "\ufeff", "\t")) {
      all.add(mark + "$(" + payload + ")");
      all.add("web" + mark + ";" + payload);
    }
    return new ArrayList<>(all);
  }
}
