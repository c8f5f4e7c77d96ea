package dev.fluke.executor;

import java.time.Duration;
import java.util.List;

/**
 * A typed piece of desired state: is it so already, and make it so. Users implement it, best as a
 * record.
 *
 * <p>A check is fast and changes nothing. An apply is safe twice, and makes the next check pass; if
 * it doesn't, one of the two has a bug, and Fluke says which is the suspect. One executor serves
 * many agents, from many threads at once: keep no state in it.
 */
public interface Executor {

  /**
   * Is the host as declared? Changes nothing.
   *
   * @return never null
   * @throws Exception means that it can't be told, as {@link CheckResult#unknown}; so don't throw
   *     for something that the apply would create
   */
  CheckResult check(Host host) throws Exception;

  /**
   * Makes the host as declared. Called only after the check found drift.
   *
   * @throws Exception means that it failed; it is not tried again in this cycle
   */
  void apply(Host host) throws Exception;

  /**
   * What should be, as a value: two equal declarations mean the same desired state. The executor
   * itself unless overridden, which is right for records.
   */
  default Object declaration() {
    return this;
  }

  /**
   * How long after an apply the host may take until the check passes; none unless overridden. The
   * check is asked again after it before the apply is called not convergent.
   */
  default Duration settleTime() {
    return Duration.ZERO;
  }

  /** What looks unwise in this declaration, for people; shown in the status. None by default. */
  default List<String> warnings() {
    return List.of();
  }
}
