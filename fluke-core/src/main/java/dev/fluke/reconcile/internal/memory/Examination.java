package dev.fluke.reconcile.internal.memory;

import dev.fluke.command.Mask;
import dev.fluke.command.internal.OpaqueValues;
import dev.fluke.command.internal.ValueDigest;
import dev.fluke.executor.Executor;
import dev.fluke.manifest.Step;
import dev.fluke.manifest.Task;
import dev.fluke.text.ErrorText;
import dev.fluke.text.Printable;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the executors of one task about themselves: {@code declaration()}, {@code needsHost()},
 * {@code warnings()}. These are code of the user: each may throw, return null, or hang. One thread
 * runs it; any thread may ask what is known so far.
 */
final class Examination {
  private static final Logger log = LoggerFactory.getLogger(Examination.class);

  private static final String WHOLE = "its declaration";

  private final Task task;
  private final OpaqueValues opaque;
  private final Mask mask;
  private final List<String> warnings = new ArrayList<>();
  private Declaration declaration = Declaration.NONE;
  private String problem = "";
  private boolean declared;
  private boolean needsHost;
  private boolean mayChange;
  private String doing = "";

  /**
   * Of this task.
   *
   * @param mask learns the secrets of its declaration
   */
  Examination(Task task, OpaqueValues opaque, Mask mask) {
    this.task = task;
    this.opaque = opaque;
    this.mask = mask;
  }

  /** Asks all of it. Never throws. */
  void run() {
    try {
      declare();
    } catch (Throwable t) {
      noDeclaration(failed(t));
    }
    task.steps().forEach(this::askAboutHost);
    task.steps().forEach(this::askForWarnings);
  }

  private void declare() {
    OpaqueValues.Session session = opaque.at(task.name());
    List<List<Object>> all = new ArrayList<>();
    List<String> found = new ArrayList<>();
    for (Step step : task.steps()) {
      begin("declaration() of step '%s'".formatted(step.name()));
      Object said = step.executor().declaration();
      if (said == null) {
        noDeclaration(step.executor().getClass().getName() + " returned null");
        return;
      }
      begin("reading the declaration of step '%s'".formatted(step.name()));
      int before = session.warnings(WHOLE).size();
      ValueDigest digest = ValueDigest.of(said, session);
      session.secrets().forEach(mask::learn);
      all.add(List.of(step.name(), digest));
      List<String> warned = session.warnings(WHOLE);
      warned.subList(before, warned.size()).forEach(each -> found.add(warning(step, each)));
    }
    session.end();
    Declaration whole = Declaration.of(all).naming(session.secretNames());
    synchronized (this) {
      declaration = whole;
      declared = true;
      mayChange = session.mayChange();
      warnings.addAll(found);
    }
  }

  private void askAboutHost(Step step) {
    begin("needsHost() of step '%s'".formatted(step.name()));
    Executor executor = step.executor();
    try {
      boolean needed = executor.needsHost();
      synchronized (this) {
        needsHost |= needed;
      }
    } catch (Throwable t) {
      warn(step, "its needsHost() failed: " + failed(t));
    }
  }

  private void askForWarnings(Step step) {
    begin("warnings() of step '%s'".formatted(step.name()));
    try {
      List<String> said = step.executor().warnings();
      String where = "warnings() of " + step.executor().getClass().getName();
      if (said == null) {
        warn(step, where + " returned null");
        return;
      }
      for (String each : said) {
        String shown = each == null ? where + " has a null in its list" : mask.hide(each);
        warn(step, Printable.of(shown));
      }
    } catch (Throwable t) {
      warn(step, "its warnings() failed: " + failed(t));
    }
  }

  private String failed(Throwable t) {
    Throwable masked = ErrorText.masked(t, mask::hide);
    log.debug("task '{}': {} failed", task.name(), doing, masked);
    return ErrorText.withCauses(t, mask::hide);
  }

  private void warn(Step step, String what) {
    synchronized (this) {
      warnings.add(warning(step, what));
    }
  }

  private static String warning(Step step, String what) {
    return "step '%s': %s".formatted(step.name(), what);
  }

  private synchronized void begin(String what) {
    doing = what;
  }

  private synchronized void noDeclaration(String why) {
    declared = true;
    problem = "%s failed: %s".formatted(doing, why);
  }

  /** What is known once it ended. */
  synchronized DeclaredTask result() {
    return new DeclaredTask(
        declaration, problem, needsHost, warnings, mayChange || !problem.isEmpty());
  }

  /** What is known although the call under way did not return within this time. */
  synchronized DeclaredTask cutAfter(String limit) {
    String hung = "%s did not return within %s".formatted(doing, limit);
    if (!declared) {
      return DeclaredTask.unknown(hung);
    }
    List<String> all = new ArrayList<>(warnings);
    all.add(hung);
    return new DeclaredTask(declaration, problem, needsHost, all, true);
  }
}
