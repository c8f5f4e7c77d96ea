package dev.fluke.reconcile.internal.guards;

import dev.fluke.guard.Decision;
import dev.fluke.guard.Guard;
import dev.fluke.guard.GuardInput;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guards in their order: the application's first, then the back-off and the drift policy. And
 * the counters that they share. Safe for use by any thread.
 */
public final class GuardList {
  private static final Logger log = LoggerFactory.getLogger(GuardList.class);
  private static final List<BuiltInGuard> BUILT_IN = List.of(new BackoffGuard(), new PolicyGuard());

  private final List<Guard> foreign;
  private final FleetCounters counters = new FleetCounters();

  /** These guards of the application, before the built-in ones. */
  public GuardList(List<Guard> foreign) {
    this.foreign = List.copyOf(foreign);
  }

  /** How far each task has come on all agents. */
  public FleetCounters counters() {
    return counters;
  }

  /** Runs a call of foreign code under a limit. */
  public interface Limited {
    Decision call(String what, Callable<Decision> call) throws Exception;
  }

  /** What all guards say. */
  public GuardAnswers ask(GuardInput input, Limited limited) {
    return foreign(input, limited).and(builtIn(input));
  }

  /** What the application's guards say. Calls foreign code: never under a lock. */
  public GuardAnswers foreign(GuardInput input, Limited limited) {
    List<GuardAnswers.Left> left = new ArrayList<>();
    for (Guard guard : foreign) {
      boolean[] binds = {true};
      if (decide(guard, input, limited, binds) instanceof Decision.LeaveAlone alone) {
        left.add(new GuardAnswers.Left(alone, "guard '%s'".formatted(alone.by()), binds[0]));
      }
    }
    return new GuardAnswers(left);
  }

  /** Puts into {@code binds} whether manual runs obey it; they obey one that fails. */
  private static Decision decide(Guard guard, GuardInput input, Limited limited, boolean[] binds) {
    String name = guard.getClass().getName();
    try {
      Decision said =
          limited.call(
              "guard " + name,
              () -> {
                binds[0] = guard.bindsManualRuns();
                return guard.decide(input);
              });
      return said == null
          ? Decision.leaveAlone(name, "guard %s returned null".formatted(name))
          : printable(said);
    } catch (Throwable t) {
      log.debug("guard {} failed", name, t);
      return Decision.leaveAlone(name, "guard %s failed: %s".formatted(name, ErrorText.of(t)));
    }
  }

  private static Decision printable(Decision said) {
    return said instanceof Decision.LeaveAlone alone
        ? new Decision.LeaveAlone(
            Printable.of(alone.by()), Printable.of(alone.reason()), alone.until())
        : said;
  }

  /** What Fluke's own guards say. Calls no foreign code. */
  public GuardAnswers builtIn(GuardInput input) {
    List<GuardAnswers.Left> left = new ArrayList<>();
    for (BuiltInGuard guard : BUILT_IN) {
      if (guard.decide(input) instanceof Decision.LeaveAlone alone) {
        left.add(
            new GuardAnswers.Left(alone, guard.bypassed(alone, input), guard.bindsManualRuns()));
      }
    }
    return new GuardAnswers(left);
  }
}
