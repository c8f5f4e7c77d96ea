package dev.fluke.yaml.internal;

import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;

/**
 * A stricter parser. It refuses levels deeper than 50 and names the place, which the library does
 * not. It also refuses a lone {@code !}, which YAML drops silently: {@code check: ! test -e /x}
 * would become its opposite.
 */
final class StrictParser implements Parser {
  static final int DEEPEST = 50;

  private final Parser parser;
  private final Problems problems;
  private int depth;

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
        if (++depth > DEEPEST) {
          throw tooDeep(event);
        }
      }
      case MappingEnd, SequenceEnd -> depth--;
      default -> {
        // no level
      }
    }
    if ("!".equals(tagOf(event))) {
      problems.at(event.getStartMark(), "YAML drops a '!' here; put quotes around the whole text");
    }
    return event;
  }

  private static String tagOf(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return String.valueOf(scalar.getTag());
    }
    return event instanceof CollectionStartEvent start ? String.valueOf(start.getTag()) : "";
  }

  private static MarkedYAMLException tooDeep(Event event) {
    return new ParserException(
        null, null, "nested deeper than " + DEEPEST + " levels", event.getStartMark());
  }
}
