package dev.fluke.yaml.internal;

import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads the texts of one file, with whatever the file lets stand for a part of them replaced. A
 * method that returns null has noted a problem.
 */
public interface TextReader {

  /** The problems of the file. */
  Problems problems();

  /**
   * The text at this node.
   *
   * @param thing what it belongs to, for messages
   */
  @Nullable String text(Node node, String thing);

  /** Parses a text; notes a problem if {@code parse} throws an {@link IllegalArgumentException}. */
  default <T> @Nullable T as(Node node, String thing, Function<String, T> parse) {
    String text = text(node, thing);
    return text == null ? null : made(node, thing, () -> parse.apply(text));
  }

  /** Makes a value; notes a problem at the node if that throws {@link IllegalArgumentException}. */
  default <T> @Nullable T made(Node node, String thing, Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      problems().at(node, thing + ": " + e.getMessage());
      return null;
    }
  }

  /** Whether there are more than are allowed; notes that as a problem. */
  default boolean isTooMany(int found, int allowed, String what, Node node, String thing) {
    if (found > allowed) {
      problems()
          .at(
              node,
              "%s: has %,d %s, at most %,d are allowed; remove some"
                  .formatted(thing, found, what, allowed));
    }
    return found > allowed;
  }
}
