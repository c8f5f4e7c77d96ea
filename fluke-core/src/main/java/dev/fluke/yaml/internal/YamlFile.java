package dev.fluke.yaml.internal;

import dev.fluke.text.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Parses one YAML file into nodes and leaves every scalar as text. {@link NodeCheck} and {@link
 * Mapping} refuse what the library accepts: duplicate keys, anchors that contain themselves, and
 * alias bombs.
 */
public final class YamlFile {
  private YamlFile() {}

  /** The content of a file, or a little more than {@link #read} takes of one that is larger. */
  public static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(Limits.FILE_BYTES + 1);
    }
  }

  /** The root; null if the file is empty, or if it is invalid and a problem is noted. */
  public static @Nullable Node read(byte[] bytes, Problems problems) {
    if (bytes.length > Limits.FILE_BYTES) {
      problems.at(1, 1, "has " + bytes.length + " bytes, at most 1 MiB is read; split the file");
      return null;
    }
    String text = decoded(bytes, problems);
    if (text == null) {
      return null;
    }
    try {
      Node root = compose(text, problems);
      if (root == null || !NodeCheck.isSound(root, problems)) {
        return null;
      }
      return Mapping.kind(root).equals("empty") ? null : root;
    } catch (Problems.EndedException e) {
      return null; // a limit; its problem is noted
    } catch (MarkedYAMLException e) {
      YamlErrors.note(e, text, problems);
    } catch (ReaderException e) {
      int[] place = placeOf(text, e.getPosition());
      problems.at(
          place[0],
          place[1],
          "the character U+%04X is not allowed in YAML; in double quotes it can be written as an escape"
              .formatted(e.getCodePoint()));
    } catch (YAMLException | IllegalArgumentException | IndexOutOfBoundsException e) {
      problems.at(1, 1, "can't be read as YAML: " + e.getMessage());
    }
    return null;
  }

  private static @Nullable Node compose(String text, Problems problems) {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(Integer.MAX_VALUE); // StrictParser says where
    options.setMaxAliasesForCollections(Integer.MAX_VALUE); // NodeCheck counts what they mean
    options.setTagInspector(tag -> true); // NodeCheck says what else to write
    StreamReader reader = new StreamReader(text);
    Resolver untyped =
        new Resolver() {
          @Override
          protected void addImplicitResolvers() {
            // NO, 0644 and 1.10 stay what was typed
          }
        };
    return new Composer(
            new StrictParser(new ParserImpl(reader, options), problems), untyped, options)
        .getSingleNode();
  }

  /** The text, without a byte order mark; null if the bytes are not valid UTF-8. */
  private static @Nullable String decoded(byte[] bytes, Problems problems) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    String text = out.flip().toString();
    if (result.isError()) {
      int[] place = placeOf(text, text.codePointCount(0, text.length()));
      problems.at(place[0], place[1], "is not UTF-8 from here on; save the file as UTF-8");
      return null;
    }
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Line and column, from 1, of the code point at this position. */
  private static int[] placeOf(String text, int position) {
    int line = 1;
    int column = 1;
    int left = position;
    for (int i = 0; i < text.length() && left > 0; left--) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return new int[] {line, column};
  }
}
