package dev.fluke.command;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Durations;
import dev.fluke.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What to run on a host: a program with arguments, or a shell script.
 *
 * <p>Each option returns a new value; a command is immutable and can be kept and shared. On the
 * host it runs as a child of its own that starts clean: working directory and {@code HOME} are
 * those of the user it runs as, umask 022, a documented {@code PATH}, {@code LC_ALL=C.UTF-8} for
 * programs, empty standard input, no terminal. Nothing that is passed here needs quoting.
 *
 * <p>It has no JSON form: Jackson, Gson and their like fail on it, or leave out secrets and more.
 */
public final class Command implements Digestible {
  // POSIX.1-2017, Base Definitions 3.437 (User Name)
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]{0,31}");

  private final CommandWork work;
  private final CommandPlace place;
  private final CommandInput input;
  private final @Nullable Duration timeout;
  private final CommandLook look;

  private Command(
      CommandWork work,
      CommandPlace place,
      CommandInput input,
      @Nullable Duration timeout,
      CommandLook look) {
    this.work = work;
    this.place = place;
    this.input = input;
    this.timeout = timeout;
    this.look = look;
  }

  private static Command of(CommandWork work) {
    return new Command(
        work, new CommandPlace(null, null), CommandInput.NONE, null, CommandLook.PLAIN);
  }

  private Command with(CommandPlace other) {
    return new Command(work, other, input, timeout, look);
  }

  private Command with(CommandInput other) {
    return new Command(work, place, other, timeout, look);
  }

  /**
   * A program and its arguments, which reach it exactly as they are.
   *
   * @throws IllegalArgumentException if a word contains a NUL or the program is empty
   */
  public static Command of(String program, String... arguments) {
    if (program.isEmpty()) {
      throw new IllegalArgumentException("command: the program is empty");
    }
    List<String> words = Stream.concat(Stream.of(program), Stream.of(arguments)).toList();
    words.forEach(ShellQuoting::quote);
    return of(new CommandWork(words, null, false));
  }

  /**
   * A script for {@code /bin/sh}.
   *
   * @throws IllegalArgumentException if it is blank or contains a NUL
   */
  public static Command shell(String script) {
    if (script.isBlank()) {
      throw new IllegalArgumentException("command: the script is empty");
    }
    ShellQuoting.quote(script);
    return of(new CommandWork(List.of(), script, false));
  }

  /** The same script for the agent's default shell ({@code /bin/bash} unless the agent says). */
  public Command inDefaultShell() {
    return new Command(work.inShellOfAgent(), place, input, timeout, look);
  }

  /**
   * Runs in this directory of the host instead of the user's home.
   *
   * @throws IllegalArgumentException if it is empty or contains a NUL
   */
  public Command in(String directory) {
    if (directory.isEmpty()) {
      throw new IllegalArgumentException("command: the working directory is empty");
    }
    ShellQuoting.quote(directory);
    return with(place.directory(directory));
  }

  /**
   * Sets an environment variable for this command and what it starts. What Fluke itself runs on the
   * host does not see it, whatever it says of {@code PATH} or libraries. The program of {@link #of}
   * is looked up in a {@code PATH} that is set here.
   *
   * @throws IllegalArgumentException if the name is not a variable name, or the value has a NUL
   */
  public Command env(String name, String value) {
    ShellQuoting.quote(value);
    return with(input.env(name, value));
  }

  /**
   * Sets an environment variable whose value is not to be shown.
   *
   * @throws IllegalArgumentException if the name is not a variable name, or the value is at hand
   *     and has fewer than 6 characters or a NUL
   */
  public Command env(String name, Secret value) {
    CommandInput.check(name, requireNonNull(value, "value"));
    return with(input.env(name, value));
  }

  /** Feeds this text to its standard input, as UTF-8. */
  public Command stdin(String text) {
    return stdin(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Feeds these bytes to its standard input. */
  public Command stdin(byte[] bytes) {
    return with(input.stdin(bytes));
  }

  /**
   * Feeds a text that is not to be shown to its standard input, as UTF-8.
   *
   * @throws IllegalArgumentException if it is at hand and has fewer than 6 characters
   */
  public Command stdin(Secret text) {
    CommandInput.check("", requireNonNull(text, "text"));
    return with(input.stdin(text));
  }

  /**
   * The same command with another secret in place of each of its secrets. Fluke passes a function
   * that gives their present values.
   *
   * @throws IllegalArgumentException as {@link #env(String, Secret)} does
   */
  public Command withSecrets(UnaryOperator<Secret> values) {
    return secrets().isEmpty() ? this : with(input.withSecrets(values));
  }

  /**
   * The same command, which {@link #toString()} and Fluke's messages show as this text. For scripts
   * that say little to people; what runs is not changed.
   */
  public Command shownAs(String text) {
    return new Command(work, place, input, timeout, look.shown(requireNonNull(text, "text")));
  }

  /**
   * The same command, which only asks something for its executor: if it succeeds, what it prints is
   * not kept as output of a failed apply.
   */
  public Command asQuestion() {
    return new Command(work, place, input, timeout, look.asQuestion());
  }

  /** Whether {@link #asQuestion} was called. */
  public boolean isQuestion() {
    return look.isQuestion();
  }

  /**
   * Runs as another user, by {@code sudo -n -u} or, as root, {@code runuser -u}.
   *
   * <p>The sudoers line has to allow {@code /bin/sh}, and the default shell for a script that runs
   * in it. Where it allows a program and no shell, a program with arguments runs alone: its
   * environment is what sudo gives it, the login user has to be able to enter the working
   * directory, all can read the arguments, and a limit ends it only if it ends on TERM, which sudo
   * hands on. If it does not, it keeps later applies out until it ends. One that sets an
   * environment is refused then.
   *
   * @throws IllegalArgumentException if this is not a user name by the POSIX portable character set
   */
  public Command runAs(String user) {
    if (!USER.matcher(user).matches()) {
      throw new IllegalArgumentException(
          "command: '%s' is not a user name; use only letters, digits, and . _ -"
              .formatted(Printable.of(user)));
    }
    return with(place.user(user));
  }

  /**
   * How long it may run, from the moment it begins; 60 s in a check and 15 min in an apply unless
   * set. Then it gets TERM, and KILL 5 s later, with its whole process group.
   *
   * @throws IllegalArgumentException if not more than zero, or more than 3,650 days
   */
  public Command timeout(Duration limit) {
    Durations.problem(limit)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(
                  "command: timeout is %s, %s".formatted(limit, problem));
            });
    return new Command(work, place, input, limit, look);
  }

  /** Program and arguments; empty for a script. */
  public List<String> argv() {
    return work.argv();
  }

  /** The script; empty for a program with arguments. */
  public Optional<String> script() {
    return Optional.ofNullable(work.script());
  }

  /** Whether the script is for the agent's default shell rather than {@code /bin/sh}. */
  public boolean usesDefaultShell() {
    return work.inDefaultShell();
  }

  /** The working directory; empty for the user's home. */
  public Optional<String> workingDir() {
    return Optional.ofNullable(place.directory());
  }

  /** The user it runs as; empty for the one who is logged in. */
  public Optional<String> runAs() {
    return Optional.ofNullable(place.user());
  }

  /** Its own limit, if it has one. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** The environment it adds, secrets revealed, for the one place that sends it. */
  public Map<String, String> revealEnv() {
    return input.revealEnv();
  }

  /** The bytes for its standard input, a secret revealed, for the one place that sends them. */
  public byte[] revealStdin() {
    return input.revealStdin();
  }

  /** Its secrets, none revealed. */
  List<Secret> secrets() {
    return input.secrets();
  }

  /** The script, or program and arguments as one would type them: for messages, never to be run. */
  public String text() {
    return work.text();
  }

  /** Two commands are equal if they would do the same; secrets only if the same object. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Command that
        && work.equals(that.work)
        && place.equals(that.place)
        && input.equals(that.input)
        && Objects.equals(timeout, that.timeout);
  }

  @Override
  public int hashCode() {
    return Objects.hash(work, place, input);
  }

  /** Everything that makes a difference to what it does, secrets by their values. */
  @Override
  public void digestInto(Digest into) {
    into.add(work.argv()).add(work.script()).add(work.inDefaultShell());
    into.add(place.directory()).add(place.user()).add(timeout);
    input.digestInto(into);
  }

  /** {@link #text()}, or what {@link #shownAs} set, on one line; without environment and input. */
  @Override
  public String toString() {
    return Printable.of(look.text() == null ? text() : look.text());
  }
}
