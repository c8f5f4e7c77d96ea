package dev.fluke.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fluke.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on alerts says what is so: its JSON is that of the loop's tests, and so on. */
class AlertsPageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path GOLDEN = ROOT.resolve("fluke-tests/src/test/resources/dev/fluke/tests");
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String page(String name) throws IOException {
    return Files.readString(ROOT.resolve("docs").resolve(name));
  }

  private static List<Path> files(String directory) throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN.resolve(directory))) {
      return files.sorted().toList();
    }
  }

  /** On one line, with the fields in the order in which they stand. */
  private static List<String> jsonOf(String page) throws IOException {
    List<String> all = new ArrayList<>();
    Matcher block = Pattern.compile("```json\\n(.*?)```", Pattern.DOTALL).matcher(page);
    while (block.find()) {
      try (MappingIterator<JsonNode> values =
          JSON.readerFor(JsonNode.class).readValues(block.group(1))) {
        values.forEachRemaining(value -> all.add(value.toString()));
      }
    }
    return all;
  }

  @Tag("rule-28")
  @Test
  void showsTheJsonThatReceiversGet() throws Exception {
    List<String> given = new ArrayList<>();
    for (Path file : files("alerts")) {
      given.add(JSON.readTree(Files.readString(file)).toString());
    }
    List<String> shown = jsonOf(page("alerts.md"));

    assertThat(given).containsAll(shown);
    List<String> events = new ArrayList<>();
    for (String json : shown) {
      events.add(JSON.readTree(json).path("event").asText());
    }
    assertThat(events).containsExactlyInAnyOrderElementsOf(Alert.EVENTS);
  }

  @Test
  void hasARowForEachEvent() throws Exception {
    List<String> rows = page("alerts.md").lines().filter(line -> line.startsWith("| `")).toList();

    assertThat(Alert.EVENTS)
        .allSatisfy(
            event ->
                assertThat(rows)
                    .filteredOn(row -> row.startsWith("| `" + event + "` |"))
                    .hasSize(1));
  }

  @Test
  void namesEachFieldOfAnAlert() throws Exception {
    String page = page("alerts.md");
    for (Path file : files("alerts")) {
      JSON.readTree(Files.readString(file))
          .fieldNames()
          .forEachRemaining(field -> assertThat(page).containsPattern("[`\"]" + field + "[`\"]"));
    }
  }

  @Tag("rule-29")
  @Test
  void listsAllEvents() throws Exception {
    String page = page("embedding.md");
    String section = page.substring(page.indexOf("## Events"));

    assertThat(files("events"))
        .extracting(file -> file.getFileName().toString().replace(".json", ""))
        .allSatisfy(event -> assertThat(section).contains("`" + event + "`"));
  }
}
