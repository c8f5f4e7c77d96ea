package dev.fluke.transport;

/** Bytes as the format of a shell's built-in {@code printf}, so that none stand in an argument. */
final class PrintfFormat {
  private PrintfFormat() {}

  /** A format that prints {@code bytes}, whatever they are; safe between single quotes. */
  static String of(byte[] bytes) {
    StringBuilder format = new StringBuilder(bytes.length + bytes.length / 2);
    for (byte b : bytes) {
      boolean option = b == '-' && format.isEmpty();
      boolean plain = b >= ' ' && b < 127 && b != '\\' && b != '%' && b != '\'' && !option;
      if (plain || b == '\n') {
        format.append((char) b);
      } else {
        format.append('\\');
        for (int shift = 6; shift >= 0; shift -= 3) {
          format.append((char) ('0' + (((b & 0xff) >> shift) & 7)));
        }
      }
    }
    return format.toString();
  }
}
