package dev.fluke.tests.support;

import static dev.fluke.agent.Selector.everyAgent;

import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FlukeKit;
import java.util.concurrent.CompletableFuture;

/** An executor that does what it is told, as users' own ones do. */
public record Doing(Check checks, Apply applies) implements Executor {

  public static Doing check(Check check) {
    return new Doing(check, host -> {});
  }

  /** One whose check ignores its interrupt until this is done. */
  public static Doing hanging(FlukeKit kit, CompletableFuture<?> letGo) {
    return check(
        host -> {
          Later.awaitStubbornly(kit, letGo);
          return CheckResult.inSync();
        });
  }

  public Doing apply(Apply apply) {
    return new Doing(checks, apply);
  }

  /** A task for every agent with this as its one step. */
  public Task task(String name) {
    return Task.named(name).on(everyAgent()).step("step", this).build();
  }

  @Override
  public CheckResult check(Host host) throws Exception {
    return checks.check(host);
  }

  @Override
  public void apply(Host host) throws Exception {
    applies.apply(host);
  }

  public interface Check {
    CheckResult check(Host host) throws Exception;
  }

  public interface Apply {
    void apply(Host host) throws Exception;
  }
}
