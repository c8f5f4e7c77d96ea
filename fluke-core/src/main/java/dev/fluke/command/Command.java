package dev.fluke.command;

import static java.util.Objects.requireNonNull;

import dev.fluke.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What to run on a host: a program with arguments, or a shell script.
 *
 * <p>Each option returns a new value; a command is immutable and can be kept and shared. On the
 * host it runs as a child of its own that starts clean: working directory and {@code HOME} are
 * those of the user it runs as, umask 022, a documented {@code PATH}, {@code LC_ALL=C.UTF-8} for
 * programs, empty standard input, no terminal. Nothing that is passed here needs quoting.
 */
public final class Command {
  // POSIX.1-2017, Base Definitions 3.437 (User Name) and 8.1 (Environment Variable Definition)
  private static final Pattern USER = Pattern.compile("[A-Za-z0-9_.][A-Za-z0-9_.-]{0,31}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final List<String> argv;
  private final @Nullable String script;
  private final boolean defaultShell;
  private final @Nullable String workingDir;
  private final Map<String, Object> env; // String or Secret
  private final @Nullable Object stdin; // byte[] or Secret
  private final @Nullable String runAs;
  private final @Nullable Duration timeout;

  private Command(
      List<String> argv,
      @Nullable String script,
      boolean defaultShell,
      @Nullable String workingDir,
      Map<String, Object> env,
      @Nullable Object stdin,
      @Nullable String runAs,
      @Nullable Duration timeout) {
    this.argv = argv;
    this.script = script;
    this.defaultShell = defaultShell;
    this.workingDir = workingDir;
    this.env = env;
    this.stdin = stdin;
    this.runAs = runAs;
    this.timeout = timeout;
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
    String[] words = new String[arguments.length + 1];
    words[0] = program;
    System.arraycopy(arguments, 0, words, 1, arguments.length);
    for (String word : words) {
      ShellQuoting.quote(word);
    }
    return new Command(List.of(words), null, false, null, Map.of(), null, null, null);
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
    return new Command(List.of(), script, false, null, Map.of(), null, null, null);
  }

  /** The same script for the agent's default shell ({@code /bin/bash} unless the agent says). */
  public Command inDefaultShell() {
    return new Command(argv, script, true, workingDir, env, stdin, runAs, timeout);
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
    return new Command(argv, script, defaultShell, directory, env, stdin, runAs, timeout);
  }

  /**
   * Sets an environment variable.
   *
   * @throws IllegalArgumentException if the name is no variable name, or the value has a NUL
   */
  public Command env(String name, String value) {
    ShellQuoting.quote(value);
    return withEnv(name, value);
  }

  /** Sets an environment variable whose value is not to be shown. */
  public Command env(String name, Secret value) {
    return withEnv(name, requireNonNull(value, "value"));
  }

  private Command withEnv(String name, Object value) {
    if (!VARIABLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "command: '" + Printable.of(name) + "' is no name of an environment variable");
    }
    Map<String, Object> more = new LinkedHashMap<>(env);
    more.put(name, value);
    return new Command(
        argv,
        script,
        defaultShell,
        workingDir,
        Collections.unmodifiableMap(more),
        stdin,
        runAs,
        timeout);
  }

  /** Feeds this text to its standard input, as UTF-8. */
  public Command stdin(String text) {
    return stdin(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Feeds these bytes to its standard input. */
  public Command stdin(byte[] bytes) {
    return new Command(argv, script, defaultShell, workingDir, env, bytes.clone(), runAs, timeout);
  }

  /** Feeds a text that is not to be shown to its standard input, as UTF-8. */
  public Command stdin(Secret text) {
    requireNonNull(text, "text");
    return new Command(argv, script, defaultShell, workingDir, env, text, runAs, timeout);
  }

  /**
   * Runs as another user, by {@code sudo -n -u} or, as root, {@code runuser -u}.
   *
   * <p>The sudoers line has to allow {@code /bin/sh}, and the default shell for a script that runs
   * in it. Where it allows a program and no shell, a program with arguments runs alone: its
   * environment is what sudo gives it, the login user has to be able to enter the working
   * directory, all can read the arguments, and a limit ends it only if it heeds TERM, which sudo
   * hands on. If it does not, it keeps later applies out until it ends. One that sets an
   * environment is refused then.
   *
   * @throws IllegalArgumentException if this is no user name by the POSIX portable character set
   */
  public Command runAs(String user) {
    if (!USER.matcher(user).matches()) {
      throw new IllegalArgumentException(
          "command: '" + Printable.of(user) + "' is no user name; letters, digits, . _ - only");
    }
    return new Command(argv, script, defaultShell, workingDir, env, stdin, user, timeout);
  }

  /**
   * How long it may run, from the moment it begins; 60 s in a check and 15 min in an apply unless
   * set. Then it gets TERM, and KILL 5 s later, with its whole process group.
   *
   * @throws IllegalArgumentException if not more than zero
   */
  public Command timeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("command: timeout is " + limit + ", must be more than 0");
    }
    return new Command(argv, script, defaultShell, workingDir, env, stdin, runAs, limit);
  }

  /** Program and arguments; empty for a script. */
  public List<String> argv() {
    return argv;
  }

  /** The script; empty for a program with arguments. */
  public Optional<String> script() {
    return Optional.ofNullable(script);
  }

  /** Whether the script is for the agent's default shell rather than {@code /bin/sh}. */
  public boolean usesDefaultShell() {
    return defaultShell;
  }

  /** The working directory; empty for the user's home. */
  public Optional<String> workingDir() {
    return Optional.ofNullable(workingDir);
  }

  /** The user it runs as; empty for the one who is logged in. */
  public Optional<String> runAs() {
    return Optional.ofNullable(runAs);
  }

  /** Its own limit, if it has one. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** The environment it adds, secrets revealed, for the one place that sends it. */
  public Map<String, String> revealEnv() {
    Map<String, String> revealed = new LinkedHashMap<>();
    env.forEach(
        (name, value) ->
            revealed.put(name, value instanceof Secret s ? s.reveal() : (String) value));
    return revealed;
  }

  /** The bytes for its standard input, a secret revealed, for the one place that sends them. */
  public byte[] revealStdin() {
    if (stdin == null) {
      return new byte[0];
    }
    return stdin instanceof Secret s
        ? s.reveal().getBytes(StandardCharsets.UTF_8)
        : ((byte[]) stdin).clone();
  }

  /** Its secrets, none revealed. */
  List<Secret> secrets() {
    List<Secret> all = new ArrayList<>();
    env.values().stream().filter(Secret.class::isInstance).forEach(each -> all.add((Secret) each));
    if (stdin instanceof Secret secret) {
      all.add(secret);
    }
    return all;
  }

  /** The script, or program and arguments as one would type them: for messages, never to be run. */
  public String text() {
    if (script != null) {
      return script;
    }
    StringBuilder typed = new StringBuilder();
    for (String word : argv) {
      typed.append(typed.length() > 0 ? " " : "").append(asTyped(word));
    }
    return typed.toString();
  }

  /** Two commands are equal if they would do the same; secrets only if the same object. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Command that
        && argv.equals(that.argv)
        && Objects.equals(script, that.script)
        && defaultShell == that.defaultShell
        && Objects.equals(workingDir, that.workingDir)
        && env.equals(that.env)
        && sameStdin(stdin, that.stdin)
        && Objects.equals(runAs, that.runAs)
        && Objects.equals(timeout, that.timeout);
  }

  @Override
  public int hashCode() {
    return Objects.hash(argv, script, workingDir, env, runAs);
  }

  /** {@link #text()} on one line; environment and standard input are left out. */
  @Override
  public String toString() {
    return Printable.of(text());
  }

  private static boolean sameStdin(@Nullable Object mine, @Nullable Object theirs) {
    return (mine instanceof byte[] a && theirs instanceof byte[] b)
        ? Arrays.equals(a, b)
        : Objects.equals(mine, theirs);
  }

  private static String asTyped(String word) {
    return word.matches("[A-Za-z0-9_./:=@%+,-]+") ? word : ShellQuoting.quote(word);
  }
}
