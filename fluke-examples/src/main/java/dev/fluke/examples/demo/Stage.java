package dev.fluke.examples.demo;

import dev.fluke.event.Event;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Plays the acts in order, tells the viewer, and waits for events that must come. */
public final class Stage {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int SHOWN = 190;

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final List<Event> heard = new ArrayList<>();
  private final List<String> alerts = new ArrayList<>();
  private int from;

  /** Tells the viewer. */
  public void say(String words) {
    out.println("    " + words);
  }

  synchronized void hear(Event event) {
    heard.add(event);
    notifyAll();
  }

  synchronized void receive(String alert) {
    alerts.add(alert);
    notifyAll();
  }

  /** From now on only what is heard later counts. */
  synchronized void forget() {
    from = heard.size();
  }

  /** Waits for an event of this type about no agent, heard since the last {@link #forget}. */
  Event await(String type) throws InterruptedException {
    return await(type, "", "", from);
  }

  /** Waits for an event of this type about this task there, since the last {@link #forget}. */
  Event await(String type, String task, Place place) throws InterruptedException {
    return await(type, task, place.name(), from);
  }

  /** As {@link #await}, whenever it was heard. */
  Event awaitEver(String type, String task, Place place) throws InterruptedException {
    return await(type, task, place.name(), 0);
  }

  private synchronized Event await(String type, String task, String agent, int start)
      throws InterruptedException {
    return await(
        (type + " " + task + " " + agent).strip(),
        () ->
            heard.stream()
                .skip(start)
                .filter(event -> event.type().equals(type))
                .filter(event -> event.task().orElse("").equals(task))
                .filter(event -> event.agent().orElse("").equals(agent))
                .findFirst());
  }

  /** Waits for an alert about this event of this task there, whenever it came. */
  synchronized String awaitAlert(String event, String task, Place place)
      throws InterruptedException {
    String agent = "\"agent\":{\"name\":\"" + place.name() + "\"";
    return await(
        "alert of " + event + " of " + task + " on " + place.name(),
        () -> matching(event, task).filter(alert -> alert.contains(agent)).findFirst());
  }

  /** How many alerts came about this event of this task, on all agents. */
  synchronized long alerts(String event, String task) {
    return matching(event, task).count();
  }

  private Stream<String> matching(String event, String task) {
    return alerts.stream()
        .filter(alert -> alert.startsWith("{\"event\":\"" + event + "\""))
        .filter(alert -> alert.contains("\"task\":\"" + task + "\""));
  }

  /** Enough of a long text to see what it is. */
  public static String beginning(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  /** Waits until this is found; it is looked for again and again. */
  synchronized <T> T await(String what, Supplier<Optional<T>> look) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<T> found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      long left = (until - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new IllegalStateException("no " + what + " within " + PATIENCE);
      }
      wait(Math.min(left, 100));
    }
  }

  /** Plays them all; 0 if every one happened. */
  public int play(List<Act> acts) {
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
