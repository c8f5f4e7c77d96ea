package dev.fluke.cli.audit;

import dev.fluke.time.Scheduler;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Lets the first messages about each sender pass, for a number of senders. Of those that do not
 * pass, it summarises once a minute. So a flood neither fills a log nor hides. Safe for use by any
 * thread.
 */
public final class FloodLimit {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int COUNTED_SENDERS = 1000;

  private final Scheduler scheduler;
  private final int ofEach;
  private final int senders;
  private final Consumer<Rest> summary;
  private final Map<String, Integer> messages = new HashMap<>();
  private int passed;
  private long others;

  /**
   * What did not pass in a minute.
   *
   * @param messages the number of messages that did not pass
   * @param from the number of senders, at most 1,000; further ones are not told apart
   * @param most the sender of most messages
   */
  public record Rest(long messages, int from, String most) {}

  /**
   * Creates a limit.
   *
   * @param ofEach the number of messages of each sender that pass in a minute
   * @param senders the number of senders of which messages pass in a minute
   * @param summary is given what did not pass, at the end of the minute, if there is any
   */
  public FloodLimit(Scheduler scheduler, int ofEach, int senders, Consumer<Rest> summary) {
    this.scheduler = scheduler;
    this.ofEach = ofEach;
    this.senders = senders;
    this.summary = summary;
  }

  /** Whether a message about this sender passes. */
  public synchronized boolean passes(String sender) {
    if (messages.isEmpty()) {
      scheduler.after(MINUTE, this::end);
    }
    if (messages.size() >= COUNTED_SENDERS && !messages.containsKey(sender)) {
      others++;
      return false;
    }
    boolean passes = messages.merge(sender, 1, Integer::sum) <= ofEach && passed < ofEach * senders;
    passed += passes ? 1 : 0;
    return passes;
  }

  private void end() {
    Optional<Rest> rest;
    synchronized (this) {
      long all = others;
      for (int ofOne : messages.values()) {
        all += ofOne;
      }
      String most =
          messages.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
      rest =
          all == passed
              ? Optional.empty()
              : Optional.of(new Rest(all - passed, messages.size(), most));
      messages.clear();
      passed = 0;
      others = 0;
    }
    rest.ifPresent(summary);
  }
}
