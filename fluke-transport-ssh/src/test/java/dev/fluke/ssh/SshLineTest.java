package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.ShellOutput;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a line knows of its connection. */
class SshLineTest {
  @RegisterExtension static final Lab lab = new Lab();

  /** Or what a lost connection has cut off would pass for what a host has said. */
  @Test
  void aConnectionIsKnownToBeLostBeforeItsChannelsEnd() throws Exception {
    CuttingProxy proxy = lab.proxy();
    CompletableFuture<Boolean> open = new CompletableFuture<>();
    try (Scheduler scheduler = Scheduler.system();
        SshLine line = new Dial(lab.through(proxy).options(), scheduler.real()).line()) {
      line.run("sleep 5", new AtItsEnd(() -> open.complete(line.isOpen())));

      proxy.close();

      assertThat(open.get(15, TimeUnit.SECONDS)).isFalse();
    }
  }

  private record AtItsEnd(Runnable ended) implements ShellOutput {
    @Override
    public void out(byte[] bytes, int from, int length) {}

    @Override
    public void err(byte[] bytes, int from, int length) {}

    @Override
    public void outEnded() {
      ended.run();
    }

    @Override
    public void errEnded() {}
  }
}
