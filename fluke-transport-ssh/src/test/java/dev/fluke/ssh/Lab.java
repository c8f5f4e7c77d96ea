package dev.fluke.ssh;

import static java.util.stream.Collectors.joining;

import dev.fluke.command.Command;
import dev.fluke.command.CommandResult;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.Answer;
import dev.fluke.transport.HostConnection;
import dev.fluke.transport.Target;
import dev.fluke.transport.Transport;
import dev.fluke.transport.UnreachableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server for the tests of a class, and what each of them opens. After each test no thread and no
 * connection may be left.
 */
final class Lab
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final String[] settings;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Path dir;
  private SshServer server;
  private Scheduler scheduler;

  Lab(String... settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    dir = Files.createTempDirectory("fluke-ssh");
    server = SshServer.start(dir, settings);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    scheduler = Scheduler.system();
  }

  SshServer server() {
    return server;
  }

  Path dir() {
    return dir;
  }

  /** A connection that the test need not close. */
  HostConnection open(Transport transport) throws Exception {
    return opened(transport.open(Target.of("web-01", scheduler)));
  }

  /** The process that serves the connection which this opens. */
  ProcessHandle serving(Callable<?> opening) throws Exception {
    List<ProcessHandle> before = server.connections();
    opening.call();
    return server.connections().stream().filter(one -> !before.contains(one)).findFirst().get();
  }

  /** A way to the server that can be spoilt. */
  CuttingProxy proxy() throws Exception {
    return opened(new CuttingProxy(server.port));
  }

  /** Closed after the test. */
  <T extends AutoCloseable> T opened(T one) {
    synchronized (opened) {
      opened.add(one);
    }
    return one;
  }

  /** The way to the server through a proxy, with its keys. */
  Ssh through(CuttingProxy proxy) {
    return Ssh.to("127.0.0.1")
        .port(proxy.port)
        .key(server.key())
        .hostKey(server.fingerprint())
        .keepAlive(Duration.ofSeconds(30));
  }

  /** Why this one can't be reached. */
  UnreachableException refused(Transport transport) throws Exception {
    try {
      throw new AssertionError("connected: " + open(transport));
    } catch (UnreachableException e) {
      return e;
    }
  }

  static Command limited(Command command) {
    return command.timeout().isPresent() ? command : command.timeout(Duration.ofSeconds(30));
  }

  static Answer ask(HostConnection connection, Command command) {
    return connection.ask(List.of(limited(command))).get(0);
  }

  static String stdout(Answer answer) {
    return answer.fold(CommandResult::stdout, none -> "no result: " + none);
  }

  static CommandResult result(Answer answer) {
    return answer.fold(
        result -> result,
        none -> {
          throw new AssertionError("no result: " + none);
        });
  }

  static Answer.None none(Answer answer) {
    return answer.fold(
        result -> {
          throw new AssertionError("a result: " + result);
        },
        none -> none);
  }

  /** Does it on a thread of its own. */
  static <T> CompletableFuture<T> aside(Callable<T> body) {
    CompletableFuture<T> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                done.complete(body.call());
              } catch (Throwable t) {
                done.completeExceptionally(t);
              }
            },
            "aside");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  /** Waits for what somebody else does. */
  void until(String what, Callable<Boolean> holds) throws Exception {
    Waiting.until(what, holds);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Exception failed = null;
    for (AutoCloseable one : opened) {
      try {
        one.close();
      } catch (Exception e) {
        failed = e;
      }
    }
    opened.clear();
    scheduler.close();
    if (failed != null) {
      throw failed;
    }
    until("no thread is left: " + threads(), () -> threads().isEmpty());
    until("no connection is left", () -> server.connections().isEmpty());
  }

  private static String threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fluke-") || name.startsWith("Connect thread"))
        .collect(joining(", "));
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    server.close();
    try (var files = Files.walk(dir)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
