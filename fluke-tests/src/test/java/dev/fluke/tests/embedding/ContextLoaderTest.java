package dev.fluke.tests.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.manifest.Manifest;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.tests.support.Pair;
import dev.fluke.transport.Local;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

/** Threads of Java that outlive a reconciler don't keep its context class loader. */
class ContextLoaderTest {
  @Test
  void leavesTheContextClassLoaderToNoThread() throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader own = new URLClassLoader(new URL[0], before)) {
      thread.setContextClassLoader(own);
      try (Reconciler reconciler =
          Reconciler.builder()
              .agent(Agent.named("here", Local.machine()))
              .manifest(Manifest.of(Pair.task("a")))
              .build()) {
        reconciler.cycle();
      } finally {
        thread.setContextClassLoader(before);
      }

      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(each -> each.getName().equals("process reaper"))
          .isNotEmpty()
          .noneMatch(each -> each.getContextClassLoader() == own);
    }
  }
}
