package dev.fluke.cli.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request: exactly one JSON object in UTF-8, with unique keys. */
final class JsonBody {
  private static final Pattern TYPE =
      Pattern.compile(
          "\\s*application/json\\s*(;\\s*charset\\s*=\\s*\"?utf-8\"?\\s*)?",
          Pattern.CASE_INSENSITIVE);

  /** It keeps no keys of requests in memory. */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private JsonBody() {}

  /**
   * The JSON object in the body of a request.
   *
   * @throws ApiException with 415 for another type or encoding, with 400 for anything else
   */
  static Map<String, Object> of(ApiRequest request) {
    if (!TYPE.matcher(request.header("Content-Type").orElse("")).matches()) {
      throw new ApiException(
          415, "the body must be JSON in UTF-8, with Content-Type: application/json");
    }
    try (JsonParser parser = FACTORY.createParser(text(request.body()))) {
      @Nullable Map<String, Object> object = JSON.std.mapFrom(parser);
      if (object != null && parser.nextToken() == null) {
        return object;
      }
    } catch (IOException | RuntimeException e) {
      // the message below says what a body is; it repeats nothing of the request
    }
    throw new ApiException(400, "the body is not a JSON object in UTF-8 with unique keys");
  }

  private static String text(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
