package dev.fluke.examples.motd;

// tag::executor
import dev.fluke.command.Command;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;

// tag::motd
/** The message of the day in {@code file} reads {@code text}. */
public record Motd(String file, String text) implements Executor {
  @Override
  public CheckResult check(Host host) {
    Command read = Command.shell("test ! -e \"$FILE\" || cat \"$FILE\"").env("FILE", file);
    String found = host.run(read).orThrow().stdout();
    return found.equals(text) ? CheckResult.inSync() : CheckResult.drifted("text", text, found);
  }

  @Override
  public void apply(Host host) {
    host.run(Command.of("tee", file).stdin(text)).orThrow();
  }
}
// end::motd
// end::executor
