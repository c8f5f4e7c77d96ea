package dev.fluke.manifest;

import static java.util.Objects.requireNonNull;

import dev.fluke.agent.Names;
import dev.fluke.executor.Executor;
import dev.fluke.text.Durations;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One named executor inside a task, with what to do when it fails. Each option returns a new value;
 * immutable.
 */
public final class Step {
  private final String name;
  private final Executor executor;
  private final OnFailure onFailure;
  private final @Nullable Duration timeout;
  private final @Nullable Duration checkTimeout;

  private Step(
      String name,
      Executor executor,
      OnFailure onFailure,
      @Nullable Duration timeout,
      @Nullable Duration checkTimeout) {
    this.name = name;
    this.executor = executor;
    this.onFailure = onFailure;
    this.timeout = timeout;
    this.checkTimeout = checkTimeout;
  }

  /**
   * A step that aborts its task when it fails.
   *
   * @throws IllegalArgumentException if the name is not made of letters, digits and {@code . _ - @
   *     : /} or spaces between them
   */
  public static Step named(String name, Executor executor) {
    return new Step(
        Names.check("step", name),
        requireNonNull(executor, "executor"),
        OnFailure.ABORT,
        null,
        null);
  }

  /** With this instead of {@link OnFailure#ABORT}. */
  public Step onFailure(OnFailure then) {
    return new Step(name, executor, requireNonNull(then, "then"), timeout, checkTimeout);
  }

  /** With this limit for its apply, instead of the reconciler's. */
  public Step timeout(Duration limit) {
    return new Step(name, executor, onFailure, positive("timeout", limit), checkTimeout);
  }

  /** With this limit for its check, instead of the reconciler's. */
  public Step checkTimeout(Duration limit) {
    return new Step(name, executor, onFailure, timeout, positive("check timeout", limit));
  }

  /** Its name, unique in its task. */
  public String name() {
    return name;
  }

  /** The desired state of the step. */
  public Executor executor() {
    return executor;
  }

  /** What happens to later steps when it fails. */
  public OnFailure onFailure() {
    return onFailure;
  }

  /** The limit of its apply, if it has one of its own. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** The limit of its check, if it has one of its own. */
  public Optional<Duration> checkTimeout() {
    return Optional.ofNullable(checkTimeout);
  }

  /** Its name and executor. */
  @Override
  public String toString() {
    return name + ": " + executor;
  }

  private Duration positive(String what, Duration limit) {
    Durations.problem(limit)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "step '%s': %s is %s, %s".formatted(name, what, limit, problem));
            });
    return limit;
  }
}
