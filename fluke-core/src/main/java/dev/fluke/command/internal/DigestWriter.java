package dev.fluke.command.internal;

import dev.fluke.command.Digestible;
import dev.fluke.command.Secret;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Writes values into one keyed hash. Each value begins with its type, each text has its length, and
 * each list has an end, so that different values never give the same bytes. For use by one thread.
 */
final class DigestWriter {
  static final String ALGORITHM = "HmacSHA256";

  private static final int DEEPEST = 100;
  private static final int MOST_PARTS = 1_000_000;

  private final SecretKey key;
  private final Mac mac;
  private final OpaqueValues.Session opaque;
  private final Size size;
  private final boolean strict;

  /** What a value is; its sign is written in front of it. */
  private enum Tag {
    END('.'),
    NULL('0'),
    TEXT('t'),
    PLAIN('p'),
    SECRET('s'),
    NAMED_SECRET('n'),
    OPTIONAL('?'),
    ARRAY('a'),
    LIST('l'),
    SET('u'),
    MAP('m'),
    RECORD('r'),
    DIGESTIBLE('d'),
    OPAQUE('o');

    private final byte sign;

    Tag(char sign) {
      this.sign = (byte) sign;
    }
  }

  /** How deep and how large the whole value is. */
  private static final class Size {
    private int depth;
    private int parts;
  }

  /** A strict writer came to a part that has no digest. */
  private static final class OpaquePartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OpaquePartException() {
      super("a part has no digest", null, false, false);
    }
  }

  private DigestWriter(SecretKey key, OpaqueValues.Session opaque, Size size, boolean strict) {
    this.key = key;
    this.opaque = opaque;
    this.size = size;
    this.strict = strict;
    try {
      this.mac = Mac.getInstance(ALGORITHM);
      this.mac.init(key);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("this JVM lacks " + ALGORITHM, e);
    }
  }

  static DigestWriter of(SecretKey key, OpaqueValues.Session opaque) {
    return new DigestWriter(key, opaque, new Size(), false);
  }

  /** The hash of all that was written. */
  byte[] end() {
    return mac.doFinal();
  }

  void write(@Nullable Object value) {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("interrupted");
    }
    if (++size.parts > MOST_PARTS) {
      throw new IllegalArgumentException("it has more than %,d parts".formatted(MOST_PARTS));
    }
    if (size.depth >= DEEPEST) {
      throw new IllegalArgumentException(
          "it contains itself, or is nested more than %d deep".formatted(DEEPEST));
    }
    size.depth++;
    try {
      writeTyped(value);
    } finally {
      size.depth--;
    }
  }

  private void writeTyped(@Nullable Object value) {
    if (value == null) {
      tag(Tag.NULL);
    } else if (value instanceof String text) {
      tag(Tag.TEXT);
      text(text);
    } else if (value instanceof Secret secret) {
      secret(secret);
    } else if (value instanceof Digestible digestible) {
      digestible(digestible);
    } else if (value.getClass().isRecord()) {
      record(value);
    } else if (value.getClass().isArray()) {
      array(value);
    } else if (value instanceof Optional<?> optional) {
      tag(Tag.OPTIONAL);
      write(optional.orElse(null));
    } else if (value instanceof Map<?, ?> map) {
      tag(Tag.MAP);
      unordered(map.entrySet().stream().map(entry -> digestOf(entry)).toList());
    } else if (value instanceof Set<?> set) {
      tag(Tag.SET);
      unordered(set.stream().map(element -> digestOf(element)).toList());
    } else if (value instanceof Collection<?> list) {
      tag(Tag.LIST);
      list.forEach(this::write);
      tag(Tag.END);
    } else {
      plainOrOpaque(value);
    }
  }

  /** One with a name counts by its name here: its value is known only within a walk. */
  private void secret(Secret secret) {
    if (secret.name().isPresent()) {
      opaque.sawSecret(secret);
      tag(Tag.NAMED_SECRET);
      text(secret.name().get());
      return;
    }
    Secret present = secret.isAtHand() ? secret : Secret.of(secret.reveal());
    opaque.sawSecret(secret, present);
    tag(Tag.SECRET);
    text(present.reveal());
  }

  private void plainOrOpaque(Object value) {
    Optional<PlainValue> plain = PlainValue.of(value);
    if (plain.isPresent()) {
      tag(Tag.PLAIN);
      text(plain.get().type());
      text(plain.get().text());
    } else {
      opaque(value);
    }
  }

  private void opaque(Object value) {
    if (strict) {
      throw new OpaquePartException();
    }
    tag(Tag.OPAQUE);
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, opaque.numberOf(value)));
  }

  private void digestible(Digestible value) {
    tag(Tag.DIGESTIBLE);
    text(value.getClass().getName());
    Parts parts = new Parts();
    value.digestInto(parts);
    parts.over = true;
    tag(Tag.END);
  }

  private void record(Object value) {
    Optional<List<@Nullable Object>> parts = RecordParts.of(value);
    if (parts.isEmpty()) {
      opaque(value);
    } else if (!RecordParts.hasOwnEquals(value.getClass())) {
      tag(Tag.RECORD);
      text(value.getClass().getName());
      parts.get().forEach(this::write);
      tag(Tag.END);
    } else {
      recordWithOwnEquals(value, parts.get());
    }
  }

  /** Its own equals counts only if a part has no digest. */
  private void recordWithOwnEquals(Object value, List<@Nullable Object> parts) {
    byte[] digest;
    try {
      DigestWriter whole = new DigestWriter(key, opaque, size, true);
      parts.forEach(whole::write);
      digest = whole.end();
    } catch (OpaquePartException e) {
      opaque(value);
      return;
    }
    tag(Tag.RECORD);
    text(value.getClass().getName());
    mac.update(digest);
  }

  private void array(Object array) {
    tag(Tag.ARRAY);
    text(array.getClass().getComponentType().getName());
    if (array instanceof byte[] bytes) {
      length(bytes.length);
      mac.update(bytes);
      return;
    }
    for (int i = 0; i < Array.getLength(array); i++) {
      write(Array.get(array, i));
    }
    tag(Tag.END);
  }

  private byte[] digestOf(@Nullable Object value) {
    DigestWriter alone = new DigestWriter(key, opaque, size, strict);
    if (value instanceof Map.Entry<?, ?> entry) {
      alone.tag(Tag.LIST);
      alone.write(entry.getKey());
      alone.write(entry.getValue());
    } else {
      alone.write(value);
    }
    return alone.end();
  }

  private void unordered(List<byte[]> digests) {
    length(digests.size());
    List<byte[]> sorted = new ArrayList<>(digests);
    sorted.sort(Arrays::compareUnsigned);
    sorted.forEach(mac::update);
  }

  private void tag(Tag tag) {
    mac.update(tag.sign);
  }

  private void length(int length) {
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, length));
  }

  /** As UTF-16, which can write every text, also one that is not valid Unicode. */
  private void text(String text) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + Character.BYTES * text.length());
    bytes.putInt(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes.putChar(text.charAt(i));
    }
    mac.update(bytes.flip());
  }

  /** What a digestible value writes its parts into. */
  private final class Parts implements Digestible.Digest {
    private boolean over;

    @Override
    public Digestible.Digest add(@Nullable Object part) {
      if (over) {
        throw new IllegalStateException("digestInto(..) is over; add parts during the call only");
      }
      write(part);
      return this;
    }
  }
}
