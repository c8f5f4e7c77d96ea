package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/cli.md names every field, command, option and exit status. */
class CliPageTest {
  private static final Set<String> OF_THE_USER = Set.of("web-01", "here", "role", "env");

  @TempDir Path dir;

  private static String page() throws Exception {
    return Files.readString(Path.of("..", "docs", "cli.md"));
  }

  private static Set<String> found(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher match = Pattern.compile(pattern).matcher(text);
    while (match.find()) {
      found.add(match.group(1));
    }
    return found;
  }

  @Test
  void namesEveryFieldOfTheConfig() throws Exception {
    Set<String> fields = found("([a-z_][a-z0-9_-]*):(?= |\n)", ConfigTest.EVERYTHING);
    fields.removeAll(OF_THE_USER);

    assertThat(fields).hasSizeGreaterThan(40);
    String page = page();
    assertThat(fields)
        .allSatisfy(field -> assertThat(page).containsPattern("[`. {]" + field + "[`:.{]"));
  }

  @Test
  void namesEveryCommandOptionAndExitStatus() throws Exception {
    Shell shell = Shell.in(dir);
    String help = shell.fluke("--help").out();
    StringBuilder all = new StringBuilder(help);
    Set<String> commands = found("(?m)^  ([a-z]+)(?:,| {2,})", help);
    assertThat(commands).contains("run", "reconcile", "plan", "get", "describe", "init");
    for (String command : commands) {
      all.append(shell.fluke(command, "--help").out());
    }
    for (String what : List.of("agents", "drift", "events")) {
      all.append(shell.fluke("get", what, "--help").out());
    }
    String page = page();
    assertThat(commands).allSatisfy(command -> assertThat(page).contains("fluke " + command));
    assertThat(found("(--[a-z-]+)", all.toString()))
        .allSatisfy(option -> assertThat(page).contains("`" + option));
    assertThat(found("(?m)^ +(\\d+) {2,}", help))
        .hasSize(9)
        .allSatisfy(status -> assertThat(page).contains("| " + status + " |"));
  }
}
