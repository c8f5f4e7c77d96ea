package dev.fluke.executor;

import dev.fluke.command.Secret;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A typed piece of desired state, with a check and an apply. Users implement it, best as a record.
 *
 * <p>A check is fast and changes nothing. An apply can run twice without harm, and makes the next
 * check pass. If it doesn't, one of the two has a bug, and the report names the suspect. Many
 * threads call one executor at once, for many agents, so keep no state in it.
 *
 * <pre>{@code
 * record Motd(String text) implements Executor {
 *   public CheckResult check(Host host) {
 *     String found = host.run(Command.shell("test ! -e /etc/motd || cat /etc/motd")).orThrow().stdout();
 *     return found.equals(text) ? CheckResult.inSync() : CheckResult.drifted("text", text, found);
 *   }
 *
 *   public void apply(Host host) {
 *     host.run(Command.of("tee", "/etc/motd").stdin(text)).orThrow();
 *   }
 * }
 * }</pre>
 */
public interface Executor {

  /**
   * Says whether the host is as declared. Changes nothing.
   *
   * @return the answer, never null
   * @throws Exception to answer {@link CheckResult#unknown}. Don't throw if something is missing
   *     that the apply would create: that is drift
   */
  CheckResult check(Host host) throws Exception;

  /**
   * Makes the host as declared. Fluke calls it after the check found drift, or in a forced manual
   * run.
   *
   * @throws Exception if it failed; Fluke does not try again in this cycle
   */
  void apply(Host host) throws Exception;

  /**
   * The desired state as a value: equal declarations mean the same desired state. The default is
   * the executor itself, which is right for records of plain values and for what implements {@link
   * dev.fluke.command.Digestible}.
   *
   * <p>Fluke compares the content: a record, list or secret that is made again with the same parts
   * declares the same. Any other object is compared by {@code equals}, and the status warns about
   * it. If this method fails, or takes longer than 5 s, only its own task ends as unknown.
   */
  default Object declaration() {
    return this;
  }

  /**
   * The same executor with another secret in place of each of its secrets. At the beginning of a
   * walk Fluke passes a function that gives their present values, and calls the result instead. It
   * does so only if the declaration has a secret with a {@linkplain dev.fluke.command.Secret#named
   * name}. An executor that uses such a secret in commands only, or through {@link Host#secret},
   * need not implement it. The default is the executor itself.
   *
   * <p>If it fails or returns null, the step ends as unknown.
   */
  default Executor withSecrets(UnaryOperator<Secret> values) {
    return this;
  }

  /**
   * How long the host may need after an apply until the check passes. If the check finds drift
   * after an apply, Fluke waits for this time and checks once more. The default is zero. If it is
   * over an hour, the step fails.
   */
  default Duration settleTime() {
    return Duration.ZERO;
  }

  /**
   * Whether this needs a host that runs commands. A task with such a step leaves out agents without
   * a transport, and the status names them. The default is false; it is true for executors that
   * implement {@link BatchedCheck}.
   */
  default boolean needsHost() {
    return false;
  }

  /** Warnings about this declaration for people; the status shows them. The default is none. */
  default List<String> warnings() {
    return List.of();
  }
}
