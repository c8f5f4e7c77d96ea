package dev.fluke.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Tells the pointers that Git LFS keeps in a repository from the files that they stand for. */
public final class LargeFileStorage {
  private static final byte[] POINTER = "version https://git-lfs.github.com/spec/".getBytes(UTF_8);

  private LargeFileStorage() {}

  /** Whether this is the content of a pointer. */
  public static boolean isPointer(byte[] content) {
    return content.length >= POINTER.length
        && Arrays.equals(content, 0, POINTER.length, POINTER, 0, POINTER.length);
  }
}
