package dev.fluke.testkit;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a fake host answers to each command, by the text of the command. Safe for use by any thread.
 */
final class HostScript {
  private final Map<String, Function<Command, Answer>> answers = new HashMap<>();
  private final Map<String, Duration> durations = new HashMap<>();
  private final Set<String> writing = new HashSet<>();
  private final Map<String, FakeUnit> units = new TreeMap<>();

  /** Replaces the answer to this command. */
  synchronized void answer(String text, Answer answer) {
    answers.put(text, command -> answer);
  }

  /** Replaces the answer to this command; each call of the function may answer differently. */
  synchronized void answer(String text, Function<Command, CommandResult> script) {
    answers.put(text, command -> Answer.finished(script.apply(command)));
  }

  synchronized void takes(String text, Duration time) {
    durations.put(text, time);
  }

  /** How long this command runs; empty if it takes no time. */
  synchronized Optional<Duration> duration(String text) {
    return Optional.ofNullable(durations.get(text));
  }

  synchronized void mutates(String text) {
    writing.add(text);
  }

  /** Whether this command is known to change the host. */
  synchronized boolean writes(String text) {
    return writing.contains(text) || (unitOf(text) != null && !FakeUnit.isShow(text));
  }

  /** The unit of this name, which is added if it is new. */
  synchronized FakeUnit unit(String name) {
    return units.computeIfAbsent(name, FakeUnit::new);
  }

  private @Nullable FakeUnit unitOf(String text) {
    return units.values().stream().filter(unit -> unit.isNamedIn(text)).findFirst().orElse(null);
  }

  /** The answer to this command; empty if there is none for it. */
  Optional<Answer> answerTo(Command command) {
    Function<Command, Answer> script;
    FakeUnit unit;
    synchronized (this) {
      script = answers.get(command.text());
      unit = unitOf(command.text());
    }
    if (script != null) {
      return Optional.of(script.apply(command)); // without the lock: it may call the host
    }
    return unit == null
        ? Optional.empty()
        : Optional.of(Answer.finished(unit.systemctl(command.text())));
  }
}
