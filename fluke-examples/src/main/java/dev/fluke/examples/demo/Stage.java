package dev.fluke.examples.demo;

import dev.fluke.event.Event;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Plays the acts in order, tells the viewer, and waits for events that must come. */
final class Stage {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final List<Event> heard = new ArrayList<>();
  private int from;

  void say(String words) {
    out.println("    " + words);
  }

  synchronized void hear(Event event) {
    heard.add(event);
    notifyAll();
  }

  /** From now on only what is heard later counts. */
  synchronized void forget() {
    from = heard.size();
  }

  /** Waits for an event of this type about this task, heard since the last {@link #forget}. */
  Event await(String type, String task) throws InterruptedException {
    return await(type, task, from);
  }

  /** As {@link #await}, whenever it was heard. */
  Event awaitEver(String type, String task) throws InterruptedException {
    return await(type, task, 0);
  }

  private synchronized Event await(String type, String task, int start)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Event> found =
          heard.stream()
              .skip(start)
              .filter(event -> event.type().equals(type) && event.task().orElse("").equals(task))
              .findFirst();
      if (found.isPresent()) {
        return found.get();
      }
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException("no " + type + " of " + task + " within " + PATIENCE);
      }
      wait(left);
    }
  }

  /** Plays them all; 0 if every one happened. */
  int play(List<Act> acts) {
    int seen = 0;
    for (int i = 0; i < acts.size(); i++) {
      boolean happened = happens(acts.get(i));
      seen += happened ? 1 : 0;
      out.printf(
          "act %d of %d: %s: %s%n",
          i + 1, acts.size(), acts.get(i).name(), happened ? "seen" : "NOT SEEN");
    }
    out.printf("demo: %d of %d acts seen%n", seen, acts.size());
    return seen == acts.size() ? 0 : 1;
  }

  private boolean happens(Act act) {
    try {
      return act.happens().call();
    } catch (Exception e) {
      say("went wrong: " + e);
      return false;
    }
  }
}
