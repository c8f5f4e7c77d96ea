package dev.fluke.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events from their JSON. */
@Tag("rule-29")
class EventReaderTest {
  private static final String HEAD =
      "{\"event\":\"x\",\"timestamp\":\"2025-03-13T14:22:01Z\",\"sequence\":7";

  private static void assertRoundTrip(Event event) {
    Event read = Event.fromJson(event.toJson());

    assertThat(read.toJson()).isEqualTo(event.toJson());
    assertThat(read).isEqualTo(event);
    assertThat(read.cursor()).isEqualTo(event.cursor());
    assertThat(read.time()).isEqualTo(event.time());
    assertThat(read.type()).isEqualTo(event.type());
    assertThat(read.fields().keySet()).containsExactlyElementsOf(event.fields().keySet());
  }

  @Test
  void readsAllThatAnEventWrites() {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("name", "web-01");
    agent.put("labels", Map.of("role", "web"));
    Event event =
        Event.of(1741875721000000L, 42, Instant.parse("2025-03-13T14:22:01.123456789Z"), "x")
            .with("agent", agent)
            .with("task", "nginx")
            .with("empty", "")
            .with("text", "a\n\t\r\b\f\"b\"\\/\u001b\u202e\u2028\ud83d\ude00\ud800")
            .with("int", 3)
            .with("long", Long.MIN_VALUE)
            .with("double", 1.0E10)
            .with("small", -0.5f)
            .with("yes", true)
            .with("list", List.of("a", 1, false, List.of(), Map.of()))
            .with("steps", List.of(Map.of("name", "s")));

    assertRoundTrip(event);
    assertThat(Event.fromJson(event.toJson()).agent()).contains("web-01");
    assertThat(Event.fromJson(event.toJson()).fields())
        .containsEntry("int", 3L)
        .containsEntry("yes", true)
        .containsEntry("double", 1.0E10);
  }

  @Test
  void readsEventsOfAnyIncarnationAndSequence() {
    assertRoundTrip(Event.of(0, Instant.EPOCH, "x"));
    assertRoundTrip(Event.of(999_999_999_999_999_999L, 999_999_999_999_999_999L, Instant.MAX, "x"));
    assertRoundTrip(Event.of(5, 12, Instant.MIN, "x"));
    assertRoundTrip(Event.of(Long.MAX_VALUE, Long.MAX_VALUE, Instant.EPOCH, "x"));
    assertRoundTrip(Event.fromJson(HEAD.replace("7", "1234567890123456789") + "}"));
  }

  @Test
  void readsAnEventOfManyFields() {
    StringBuilder json = new StringBuilder(HEAD);
    for (int i = 0; i < 20_000; i++) {
      json.append(",\"f").append(i).append("\":1");
    }

    assertThat(Event.fromJson(json.append('}').toString()).fields()).hasSize(20_000);
  }

  @Test
  @SuppressWarnings("NullAway") // as callers that are not checked do
  void namesTheTextThatIsNull() {
    assertThatThrownBy(() -> Event.fromJson(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("json");
  }

  @Test
  void readsAnEventWithoutACursorAndWithSpace() {
    Event read = Event.fromJson(" " + HEAD.replace(",", " ,\n ") + ", \"a\" : [ 1 , 2 ] } ");

    assertThat(read.incarnation()).isZero();
    assertThat(read.sequence()).isEqualTo(7);
    assertThat(read.fields()).containsExactly(Map.entry("a", List.of(1L, 2L)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{} | 'event' is missing",
        "[] | character 1: expected '{', found '['",
        "~~ | character 1: the text ends in the middle",
        "{\"event\":3} | 'event' is 3, must be a text",
        "{\"event\":\"x\"} | 'sequence' is missing",
        "{\"event\":\"x\",\"sequence\":-1} | 'sequence' is -1, must be a whole number that is not"
            + " negative",
        "{\"event\":\"x\",\"sequence\":1.5} | 'sequence' is 1.5, must be a whole number that is not"
            + " negative",
        "{\"event\":\"x\",\"sequence\":1} | 'timestamp' is missing",
        "{\"event\":\"x\",\"sequence\":1,\"timestamp\":\"now\"} | 'timestamp' is 'now', must be a"
            + " time such as 2025-03-13T14:22:01Z",
        "{\"event\":\"x\",\"event\":\"x\"} | character 14: the key 'event' is there twice"
      })
  void namesWhatIsWrongWithAnEvent(String json, String message) {
    assertThatThrownBy(() -> Event.fromJson(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not the JSON of an event: " + message);
  }

  @ParameterizedTest
  @CsvSource({
    "7",
    "0000000000000000-000000000008",
    "000000000000000-000000000007",
    "0000000000000000-7",
    "0000000000000000-00000000000x",
    "9999999999999999999-000000000007"
  })
  void refusesACursorThatIsNotOfTheEvent(String cursor) {
    assertThatThrownBy(() -> Event.fromJson(HEAD + ",\"cursor\":\"" + cursor + "\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "not the JSON of an event: 'cursor' is '%s', must be 16 digits, '-' and the sequence 7 as 12 digits"
                .formatted(cursor));
  }
}
