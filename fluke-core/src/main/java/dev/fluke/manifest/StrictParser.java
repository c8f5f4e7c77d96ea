package dev.fluke.manifest;

import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserException;

/** A parser that goes no deeper than 50, and says where that would be; the library's says not. */
final class DepthLimit implements Parser {
  static final int DEEPEST = 50;

  private final Parser parser;
  private int depth;

  DepthLimit(Parser parser) {
    this.parser = parser;
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
    return event;
  }

  private static MarkedYAMLException tooDeep(Event event) {
    return new ParserException(
        null, null, "nested deeper than " + DEEPEST + " levels", event.getStartMark());
  }
}
