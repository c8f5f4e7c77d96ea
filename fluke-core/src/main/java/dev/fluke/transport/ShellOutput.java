package dev.fluke.transport;

/**
 * Takes what a shell prints, as it comes. Made by Fluke for a {@link ShellLine}, which calls it
 * from any thread, for each stream in order. It never blocks, and keeps no array that it was given.
 */
public interface ShellOutput {

  /** Bytes of the shell's standard output. */
  void out(byte[] bytes, int from, int length);

  /** Bytes of the shell's standard error. */
  void err(byte[] bytes, int from, int length);

  /** Nothing more will come on standard output. */
  void outEnded();

  /** Nothing more will come on standard error. */
  void errEnded();
}
