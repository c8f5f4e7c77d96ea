package dev.fluke.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Names that mean something to a shell, a path, a URL, a terminal, a page, a log or a parser. */
final class HostileNames {
  private static final List<String> WHOLE =
      List.of(
          "..",
          ".",
          "...",
          "/",
          "//",
          "../../etc/passwd",
          "/etc/shadow",
          "..\\..\\boot.ini",
          "C:\\",
          "~root",
          "~/x",
          "-x",
          "--help",
          "-",
          "--",
          "*",
          "?",
          "?x=1",
          "#",
          "%",
          "%00",
          "%2e%2e%2f",
          "a%2fb",
          "a b",
          " a",
          "a ",
          "\t",
          "\u00e9",
          "\u0301",
          "\ud83d\ude00",
          "\u0430",
          "NUL",
          "con",
          "$HOME",
          "${jndi:ldap://x}",
          "${{7*7}}",
          "{{7*7}}",
          "#{7*7}",
          "%{7*7}",
          "%s%s%n",
          "%1$s",
          "\\u001b",
          "!!java.lang.Runtime",
          "&a",
          "*a",
          "<<",
          "|",
          ">",
          "@",
          "`id`",
          "$(id)",
          "true\n",
          "null\0",
          "a\nb",
          "a\r\nX: y",
          "\nERROR forged",
          "[31m",
          "\u001b]52;c;eA==\u0007",
          "\u001b]8;;http://x\u0007",
          "' OR '1'='1",
          "'; DROP TABLE x",
          "<!--",
          "]]>",
          "<!DOCTYPE x>",
          "javascript:alert(1)",
          "data:text/html,x",
          "file:///etc/passwd",
          "http://x/",
          "a@b:22",
          "a:b",
          "a,b",
          "a;b",
          "a&b",
          "a|b",
          "a=b",
          "a+b",
          "a\"b",
          "a'b",
          "a\\b",
          "{a}",
          "[a]",
          "(a)");

  /** What stands at the beginning, in the middle and at the end of an innocent name. */
  private static final String MARKS =
      "\u0000\u0001\u0007\b\t\n\u000b\f\r\u001b\u007f\u0085\u00a0\u00ad\u061c\u200b\u200d\u200e\u200f"
          + "\u2028\u2029\u202a\u202b\u202d\u202e\u2066\u2067\u2069\ufeff\ufffd\uffff\ud800\udc00"
          + " !\"#$%&'()*+,;<=>?@[\\]^`{|}~";

  private HostileNames() {}

  static List<String> all() {
    Set<String> all = new LinkedHashSet<>(WHOLE);
    for (int i = 0; i < MARKS.length(); i++) {
      char mark = MARKS.charAt(i);
      all.addAll(
          List.of(mark + "web", "we" + mark + "b", "web" + mark, mark + "", "web/" + mark + "/1"));
      all.addAll(List.of("../" + mark, "web" + mark + mark + "01"));
    }
    all.add("x".repeat(501));
    all.add("x/".repeat(2_000) + "x");
    return List.copyOf(all);
  }
}
