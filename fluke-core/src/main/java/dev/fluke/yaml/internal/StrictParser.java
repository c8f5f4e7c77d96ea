package dev.fluke.yaml.internal;

import dev.fluke.text.Limits;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * A stricter parser. It refuses too many levels and values and names the place, which the library
 * does not. It also refuses a lone {@code !}, which YAML drops silently: {@code check: ! test -e
 * /x} would become its opposite. It refuses {@code %TAG}, which makes a long tag of each short one.
 */
final class StrictParser implements Parser {
  private final Parser parser;
  private final Problems problems;
  private int depth;
  private int values;

  StrictParser(Parser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public Event getEvent() {
    Event event = parser.getEvent();
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> {
        if (++depth > Limits.LEVELS) {
          throw tooDeep(event);
        }
        count(event);
      }
      case Scalar, Alias -> count(event);
      case MappingEnd, SequenceEnd -> depth--;
      case DocumentStart -> rejectTagDirectives((DocumentStartEvent) event);
      default -> {
        // no level and no value
      }
    }
    if ("!".equals(tagOf(event))) {
      problems.at(event.getStartMark(), "YAML drops a '!' here; put quotes around the whole text");
    }
    return event;
  }

  private void count(Event event) {
    if (++values > Limits.VALUES) {
      throw problems.ended(
          event.getStartMark(),
          "has more than %,d values; split the file".formatted(Limits.VALUES));
    }
  }

  private void rejectTagDirectives(DocumentStartEvent start) {
    @Nullable Map<String, String> tags = start.getTags();
    if (tags == null) {
      return;
    }
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (!tag.equals(Map.entry("!", "!")) && !tag.equals(Map.entry("!!", Tag.PREFIX))) {
        throw problems.ended(start.getStartMark(), "a %TAG directive is not supported; remove it");
      }
    }
  }

  private static String tagOf(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return String.valueOf(scalar.getTag());
    }
    return event instanceof CollectionStartEvent start ? String.valueOf(start.getTag()) : "";
  }

  private static MarkedYAMLException tooDeep(Event event) {
    return new ParserException(
        null, null, "nested deeper than " + Limits.LEVELS + " levels", event.getStartMark());
  }
}
