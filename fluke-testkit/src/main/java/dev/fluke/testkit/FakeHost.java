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
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A host that answers commands by a script, and records every command in a journal. It is the
 * transport to itself: give it to an {@link dev.fluke.agent.Agent}, or let {@link FlukeKit#agent}
 * do so.
 *
 * <pre>{@code
 * FakeHost web = kit.agent("web-01", Map.of("role", "web"));
 * web.answer("test -e /etc/motd", 1);
 * }</pre>
 *
 * <p>The script finds a command by its {@link Command#text()}. A command without an answer exits
 * 127, and {@link #unscripted()} lists it. Methods that script the host return it. Safe for use by
 * any thread, while commands run, too.
 */
public final class FakeHost implements Transport {
  private final String name;
  private final HostScript script = new HostScript();
  private final HostJournal journal = new HostJournal();
  private final FakeNetwork network = new FakeNetwork();
  private final FakeLock lock = new FakeLock();

  private FakeHost(String name) {
    this.name = name;
  }

  /** A host with this name, which is its address, too. */
  public static FakeHost named(String name) {
    return new FakeHost(requireNonNull(name, "name"));
  }

  /** This command exits with this status, and prints nothing. */
  public FakeHost answer(String text, int exitStatus) {
    return answer(text, CommandResult.exited(exitStatus));
  }

  /** This command has this result. */
  public FakeHost answer(String text, CommandResult result) {
    requireNonNull(result, "result");
    return answer(text, command -> result);
  }

  /** Each run of this command calls the function, on the thread that runs the command. */
  public FakeHost answer(String text, Function<Command, CommandResult> function) {
    script.answer(text, requireNonNull(function, "function"));
    return this;
  }

  /** This command has no result, for this reason. */
  public FakeHost answersNone(String text, Answer.Reason reason, String why) {
    return answer(text, Answer.none(reason, why));
  }

  /** This command does nothing, and always gets this answer. */
  public FakeHost answer(String text, Answer answer) {
    script.answer(text, requireNonNull(answer, "answer"));
    return this;
  }

  /**
   * A check that exits 1 until the command has run. The command counts as one that {@linkplain
   * #mutates writes}.
   */
  public FakeState pair(String check, String command) {
    return new FakeState(script, check, command);
  }

  /**
   * A unit of systemd that {@code systemctl} shows and changes; at first it runs and is enabled.
   * The same name gives the same unit.
   */
  public FakeUnit unit(String unit) {
    return script.unit(unit);
  }

  /**
   * This command runs for this long. If that is longer than its timeout, the host kills it at the
   * timeout. By default a command takes no time.
   */
  public FakeHost takes(String text, Duration time) {
    script.takes(text, requireNonNull(time, "time"));
    return this;
  }

  /**
   * The connection is lost, once, when this command is sent. In a check, this command and those
   * after it have no result. In an apply, the command runs, and its end is not known.
   */
  public FakeHost losesConnectionAt(String text) {
    network.loseAt(text);
    return this;
  }

  /**
   * The connection is lost, once, before this command is sent. This command and those after it do
   * not run.
   */
  public FakeHost losesConnectionBefore(String text) {
    network.loseBefore(text);
    return this;
  }

  /** This command writes: {@link #writesDuringChecks()} lists it if a check runs it. */
  public FakeHost mutates(String text) {
    script.mutates(text);
    return this;
  }

  /** Connecting fails, for this reason, until {@link #reachable()}. */
  public FakeHost unreachable(String why) {
    network.refuse(UnreachableException.because(why));
    return this;
  }

  /** The host refuses the login, for this reason, until {@link #reachable()}. */
  public FakeHost refusesLogin(String why) {
    network.refuse(UnreachableException.loginRefused(why));
    return this;
  }

  /** Connecting hangs for 25 s and then fails, until {@link #reachable()}. */
  public FakeHost blackHole() {
    network.blackHole();
    return this;
  }

  /** Connecting takes this long, until {@link #reachable()}; an interrupt ends it. */
  public FakeHost opensSlowly(Duration time) {
    network.opening().takes(requireNonNull(time, "time"));
    return this;
  }

  /** Connecting hangs, and ignores interrupts, until {@link #reachable()}. */
  public FakeHost hangsOnOpen() {
    network.opening().hangs();
    return this;
  }

  /** Closing a connection takes this long, until {@link #reachable()}; an interrupt ends it. */
  public FakeHost closesSlowly(Duration time) {
    network.closing().takes(requireNonNull(time, "time"));
    return this;
  }

  /** Closing a connection hangs, and ignores interrupts, until {@link #reachable()}. */
  public FakeHost hangsOnClose() {
    network.closing().hangs();
    return this;
  }

  /** Connecting works again, and takes no time. So does closing; what hangs goes on. */
  public FakeHost reachable() {
    network.reachable();
    return this;
  }

  /**
   * Whether another apply holds the host's lock, so that no apply runs: each waits 10 s for it.
   * False by default.
   */
  public FakeHost locked(boolean held) {
    lock.takenByAnother(held);
    return this;
  }

  /** The host has no lock, so that two processes may both apply there. */
  public FakeHost hasNoLock() {
    lock.remove();
    return this;
  }

  /**
   * An apply whose connection is lost at its command goes on for this long. Until then it holds the
   * host's lock, and only then it does what it does. By default it has ended when the connection is
   * lost.
   */
  public FakeHost keepsApplyingAfterCut(Duration time) {
    network.goesOnAfterCut(requireNonNull(time, "time"));
    return this;
  }

  /** The texts of all commands that checks asked, in order. */
  public List<String> asked() {
    return journal.asked();
  }

  /** The texts of all commands that applies ran, in order. */
  public List<String> acted() {
    return journal.acted();
  }

  /** The texts of the commands of checks, one list for each round trip. */
  public List<List<String>> batches() {
    return journal.batches();
  }

  /** The texts of all commands that ran and had no answer, in order. */
  public List<String> unscripted() {
    return journal.unscripted();
  }

  /** The texts of all commands that write and that a check asked, in order. */
  public List<String> writesDuringChecks() {
    return journal.writesDuringChecks();
  }

  /** The number of attempts to connect so far. */
  public int connectionsTried() {
    return network.tried();
  }

  /** The number of attempts to connect that succeeded so far. */
  public int connectionsOpened() {
    return network.opened();
  }

  /** The number of connections that are open now. */
  public int openConnections() {
    return network.open();
  }

  /** The highest number of commands that ran at the same time so far. */
  public int busiest() {
    return journal.busiest();
  }

  @Override
  public String address() {
    return name;
  }

  /** Only the same object is the same host. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  /** The name. */
  @Override
  public String toString() {
    return name;
  }

  @Override
  public HostConnection open(Target target) throws Exception {
    network.connect(target.scheduler());
    return new FakeConnection(script, journal, network, lock, target.scheduler());
  }
}
