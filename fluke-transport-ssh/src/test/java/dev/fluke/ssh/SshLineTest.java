package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.time.Scheduler;
import dev.fluke.transport.OpenShell;
import dev.fluke.transport.ShellOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a line knows of its connection. */
class SshLineTest {
  @RegisterExtension static final Lab lab = new Lab("MaxSessions 100");

  /** Or what a lost connection has cut off would pass for what a host has said. */
  @Test
  void isClosedBeforeItsChannelsEnd() throws Exception {
    CuttingProxy proxy = lab.proxy();
    CompletableFuture<Boolean> open = new CompletableFuture<>();
    try (Scheduler scheduler = Scheduler.system();
        SshLine line = new SshConnector(lab.through(proxy).options(), scheduler.real()).connect()) {
      line.run("sleep 5", new AtItsEnd(() -> open.complete(line.isOpen())));

      proxy.close();

      assertThat(Waiting.result(open)).isFalse();
    }
  }

  /** What comes after the end of a shell is an error to OpenSSH, which ends the connection. */
  @Tag("T17")
  @Test
  void survivesShellsThatEndWhileTheyAreWrittenTo() throws Exception {
    try (Scheduler scheduler = Scheduler.system();
        SshLine line = new SshConnector(lab.server().ssh().options(), scheduler.real()).connect()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(
            Lab.aside(
                () -> {
                  for (int j = 0; j < 40; j++) {
                    endWhileWriting(line);
                  }
                  return null;
                }));
      }
      for (CompletableFuture<Void> one : all) {
        Waiting.result(one);
      }
      assertThat(line.isOpen()).isTrue();
    }
  }

  private static void endWhileWriting(SshLine line) throws Exception {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    OpenShell shell = line.run("exit 3", new AtItsEnd(() -> ended.complete(null)));
    try {
      shell.write(new byte[] {'x', '\n'});
    } catch (IOException e) {
      // it was quicker
    }
    Waiting.result(ended);
    shell.end(Duration.ZERO);
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
