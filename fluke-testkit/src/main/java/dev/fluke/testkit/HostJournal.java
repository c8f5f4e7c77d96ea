package dev.fluke.testkit;

import java.util.ArrayList;
import java.util.List;

/** The commands that ran on a fake host. Safe for use by any thread. */
final class HostJournal {
  private final List<String> asked = new ArrayList<>();
  private final List<String> acted = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private final List<String> unscripted = new ArrayList<>();
  private final List<String> writesDuringChecks = new ArrayList<>();
  private int running;
  private int busiest;

  synchronized void batch(List<String> texts) {
    batches.add(texts);
  }

  /** A check asks this command; {@link #end} follows. */
  synchronized void beginCheck(String text, boolean writes) {
    asked.add(text);
    if (writes) {
      writesDuringChecks.add(text);
    }
    begin();
  }

  /** An apply runs this command; {@link #end} follows. */
  synchronized void beginApply(String text) {
    acted.add(text);
    begin();
  }

  private void begin() {
    running++;
    busiest = Math.max(busiest, running);
  }

  synchronized void end() {
    running--;
  }

  synchronized void unscripted(String text) {
    unscripted.add(text);
  }

  synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  synchronized List<String> acted() {
    return List.copyOf(acted);
  }

  synchronized List<List<String>> batches() {
    return List.copyOf(batches);
  }

  synchronized List<String> unscripted() {
    return List.copyOf(unscripted);
  }

  synchronized List<String> writesDuringChecks() {
    return List.copyOf(writesDuringChecks);
  }

  /** The highest number of commands that ever ran at once. */
  synchronized int busiest() {
    return busiest;
  }
}
