package dev.fluke.examples.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.alert.Webhook;
import dev.fluke.command.Secret;
import dev.fluke.examples.demo.SshServer;
import dev.fluke.examples.receiver.Receiver;
import dev.fluke.report.CycleReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
  @Test
  void alertsOnDriftAndAppliesByHand(@TempDir Path dir) throws Exception {
    BlockingQueue<String> received = new LinkedBlockingQueue<>();
    Secret key = Secret.of("whsec_c2VjcmV0IG9mIHRoZSBzYW1wbGU=");
    Path file = dir.resolve("site.conf");
    try (SshServer server = SshServer.start(Files.createDirectory(dir.resolve("sshd")));
        Receiver receiver = Receiver.on(0, key, received::add);
        Site site =
            new Site(
                server.ssh(),
                file.toString(),
                "listen 80;\n",
                Webhook.to(receiver.url()).signedWith(key))) {
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .contains("\"event\":\"drift_detected\"", "\"task\":\"site\"");
      assertThat(site.plan().isInSync()).isFalse();
      assertThat(file).doesNotExist();

      CycleReport report = site.apply("ann", "ticket 7");

      assertThat(report.succeeded()).isTrue();
      assertThat(file).hasContent("listen 80;\n");
      assertThat(received.poll(10, TimeUnit.SECONDS))
          .contains("\"event\":\"drift_remediated\"", "\"actor\":\"ann\"");
    }
  }
}
