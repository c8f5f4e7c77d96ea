package dev.fluke.reconcile.internal.cycle;

import dev.fluke.manifest.Task;
import dev.fluke.reconcile.internal.connection.HostAccess;
import dev.fluke.reconcile.internal.cycle.Turn.Standing;
import dev.fluke.source.Revision;
import java.util.Optional;

/**
 * Rule 0: whether an apply may begin, and whether it may go on. Asked at the act: an answer from a
 * moment ago counts for nothing.
 */
public final class RightToAct implements HostAccess.Permission {
  private final Turn turn;
  private final CycleContext context;
  private final Revision taken;

  /** The right of a turn that takes the revision in force. */
  public RightToAct(Turn turn, CycleContext context) {
    this.turn = turn;
    this.context = context;
    this.taken = context.revision();
  }

  /** The revision that the cycle took when it began. */
  Revision revision() {
    return taken;
  }

  /** How the task ends because no apply of it may begin now; empty if one may. */
  Optional<TaskEnd> whyNotBegin(Task task) {
    throwIfAbandoned();
    Standing standing = turn.standing();
    return switch (standing) {
      case GOOD -> superseded(Supersession.by(context, taken, task, turn.agent()));
      case CHANGED, OUT_OF_SCOPE -> superseded(standing.reason());
      case CLOSING, ENDING, REMOVED, ABANDONED -> Optional.of(TaskEnd.cancelled(standing.reason()));
    };
  }

  private static Optional<TaskEnd> superseded(String why) {
    return why.isEmpty() ? Optional.empty() : Optional.of(TaskEnd.skipped("superseded: " + why));
  }

  /** How a task ends whose apply was cut short; empty if it was not. */
  Optional<TaskEnd> whyCutShort() {
    String why = whyNotGoOn();
    return why.isEmpty() ? Optional.empty() : Optional.of(TaskEnd.cancelled(why));
  }

  @Override
  public String whyNoCheck() {
    return turn.standing().reason();
  }

  @Override
  public String whyNotGoOn() {
    Standing standing = turn.standing();
    return switch (standing) {
      case GOOD, CHANGED, OUT_OF_SCOPE, CLOSING -> "";
      case ENDING, REMOVED, ABANDONED -> standing.reason();
    };
  }

  @Override
  public void throwIfAbandoned() {
    if (turn.standing() == Standing.ABANDONED) {
      throw new HostAccess.AbandonedException();
    }
  }
}
