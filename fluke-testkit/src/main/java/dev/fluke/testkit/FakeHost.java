package dev.fluke.testkit;

import static java.util.Objects.requireNonNull;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host that answers by script, and keeps a journal of what was asked of it.
 *
 * <p>Commands are told apart by their {@link Command#text()}. One that nothing was scripted for
 * ends with 127 and is listed by {@link #unscripted()}. Safe for use by any thread.
 */
public final class FakeHost implements Transport {
  private final String name;
  private final Map<String, Function<Command, CommandResult>> scripts = new HashMap<>();
  private final Map<String, Answer> fixed = new HashMap<>();
  private final Map<String, Duration> durations = new HashMap<>();
  private final Set<String> losingAt = new HashSet<>();
  private final Set<String> losingBefore = new HashSet<>();
  private final Set<String> mutating = new HashSet<>();
  private final Map<String, FakeUnit> units = new TreeMap<>();
  private final List<String> asked = new ArrayList<>();
  private final List<String> acted = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();
  private final List<String> unscripted = new ArrayList<>();
  private final List<String> writes = new ArrayList<>();
  private @Nullable UnreachableException refusal;
  private boolean blackHole;
  private boolean locked;
  private int tried;
  private int opened;
  private int open;
  private int running;
  private int busiest;

  private FakeHost(String name) {
    this.name = name;
  }

  /** A host of this name, which is also its address. */
  public static FakeHost named(String name) {
    return new FakeHost(requireNonNull(name, "name"));
  }

  /** This command ends with this status. */
  public FakeHost answer(String text, int exitStatus) {
    return answer(text, command -> CommandResult.exited(exitStatus));
  }

  /** This command ends like this. */
  public FakeHost answer(String text, CommandResult result) {
    return answer(text, command -> result);
  }

  /** This command does and answers what the function says. */
  public synchronized FakeHost answer(String text, Function<Command, CommandResult> script) {
    scripts.put(text, requireNonNull(script, "script"));
    fixed.remove(text);
    return this;
  }

  /** This command has no result, for this reason. */
  public FakeHost answersNone(String text, Answer.Reason reason, String why) {
    return answer(text, Answer.none(reason, why));
  }

  /** This command does nothing and always gives this answer. */
  public synchronized FakeHost answer(String text, Answer answer) {
    fixed.put(text, requireNonNull(answer, "answer"));
    return this;
  }

  /** A check that fails until its command ran; broken to begin with. */
  public FakeState pair(String check, String command) {
    return new FakeState(this, check, command);
  }

  /**
   * A unit of systemd, running and enabled to begin with: {@code systemctl} knows it from now on.
   * The same one for the same name.
   */
  public synchronized FakeUnit unit(String unit) {
    return units.computeIfAbsent(unit, FakeUnit::new);
  }

  /** This command takes that long; more than its timeout, and it is killed. */
  public synchronized FakeHost takes(String text, Duration time) {
    durations.put(text, time);
    return this;
  }

  /**
   * The connection is lost, once, when this command is sent: it and what follows has no result. In
   * an apply the command does what it does, and its end is not known.
   */
  public synchronized FakeHost losesConnectionAt(String text) {
    losingAt.add(text);
    return this;
  }

  /**
   * The connection is lost, once, before this command is sent: it and what follows does not run.
   */
  public synchronized FakeHost losesConnectionBefore(String text) {
    losingBefore.add(text);
    return this;
  }

  /** Notes that this command writes, so that a check that runs it is found out. */
  public synchronized FakeHost mutates(String text) {
    mutating.add(text);
    return this;
  }

  /** Connecting fails, for this reason. */
  public synchronized FakeHost unreachable(String why) {
    refusal = UnreachableException.because(why);
    return this;
  }

  /** The host refuses the login, for this reason. */
  public synchronized FakeHost refusesLogin(String why) {
    refusal = UnreachableException.loginRefused(why);
    return this;
  }

  /** Connecting hangs for 25 s and then fails. */
  public synchronized FakeHost blackHole() {
    blackHole = true;
    return this;
  }

  /** Connecting works again. */
  public synchronized FakeHost reachable() {
    refusal = null;
    blackHole = false;
    return this;
  }

  /** Whether another apply holds the host's lock. */
  public synchronized FakeHost locked(boolean held) {
    locked = held;
    return this;
  }

  /** The texts of all commands that checks asked, in order. */
  public synchronized List<String> asked() {
    return List.copyOf(asked);
  }

  /** The texts of all commands that applies ran, in order. */
  public synchronized List<String> acted() {
    return List.copyOf(acted);
  }

  /** The texts of the commands that came together, a list for each round trip. */
  public synchronized List<List<String>> batches() {
    return List.copyOf(batches);
  }

  /** Commands that nothing was scripted for. */
  public synchronized List<String> unscripted() {
    return List.copyOf(unscripted);
  }

  /** Commands that write and that a check asked all the same. */
  public synchronized List<String> writesDuringChecks() {
    return List.copyOf(writes);
  }

  /** How often somebody tried to connect. */
  public synchronized int connectionsTried() {
    return tried;
  }

  /** How often somebody connected. */
  public synchronized int connectionsOpened() {
    return opened;
  }

  /** How many connections are open now. */
  public synchronized int openConnections() {
    return open;
  }

  /** The highest number of commands that ever ran at once. */
  public synchronized int busiest() {
    return busiest;
  }

  @Override
  public String address() {
    return name;
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    boolean hangs;
    synchronized (this) {
      tried++;
      hangs = blackHole;
      if (refusal != null) {
        throw refusal;
      }
    }
    if (hangs) {
      target.scheduler().sleep(Duration.ofSeconds(25));
      throw UnreachableException.because("connecting timed out");
    }
    synchronized (this) {
      opened++;
      open++;
    }
    return new FakeConnection(this, target.scheduler());
  }

  synchronized void closed() {
    open--;
  }

  synchronized boolean isLocked() {
    return locked;
  }

  synchronized boolean isLostAt(String text) {
    return losingAt.remove(text);
  }

  synchronized boolean isLostBefore(String text) {
    return losingBefore.remove(text);
  }

  synchronized void noteBatch(List<String> texts) {
    batches.add(texts);
  }

  synchronized @Nullable Duration begin(Command command, boolean check) {
    String text = command.text();
    (check ? asked : acted).add(text);
    if (check && (mutating.contains(text) || (unitOf(text) != null && !FakeUnit.isShow(text)))) {
      writes.add(text);
    }
    running++;
    busiest = Math.max(busiest, running);
    return durations.get(text);
  }

  Answer answerTo(Command command) {
    Function<Command, CommandResult> script;
    synchronized (this) {
      Answer always = fixed.get(command.text());
      if (always != null) {
        return always;
      }
      script = scripts.get(command.text());
      FakeUnit unit = script == null ? unitOf(command.text()) : null;
      if (unit != null) {
        script = asked -> unit.systemctl(asked.text());
      }
      if (script == null) {
        unscripted.add(command.text());
        return Answer.finished(
            CommandResult.exited(127).withStderr("not scripted: " + command.text()));
      }
    }
    return Answer.finished(script.apply(command));
  }

  private @Nullable FakeUnit unitOf(String text) {
    return units.values().stream().filter(unit -> unit.isMeantBy(text)).findFirst().orElse(null);
  }

  synchronized void end() {
    running--;
  }
}
