package dev.fluke.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.cli.PrivateFile;
import dev.fluke.cli.access.Caller;
import dev.fluke.cli.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InProcessClientTest {
  @TempDir Path dir;

  private InProcessClient client() throws Exception {
    Path file =
        PrivateFile.write(
            dir.resolve("fluke.yaml"), "directory: .\nagents: { here: { local: {} } }\n");
    return new InProcessClient(
        new ConfigReader(Map.of()).read("fluke.yaml", file), Caller.unrestricted("ann"));
  }

  @Test
  void getsPagesWithoutAServer() throws Exception {
    try (InProcessClient client = client()) {
      ApiReply reply = client.get("/v1/agents/here");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.body()).containsEntry("name", "here").containsEntry("state", "NEW");
    }
  }

  @Test
  void postsBodies() throws Exception {
    try (InProcessClient client = client()) {
      ApiReply reply = client.post("/v1/plan", Map.of("task", "x", "all", true));

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.error())
          .isEqualTo("set some of 'task', 'agent', 'selector', or only 'all': true");
    }
  }

  @Test
  void doesNotStartTheReconciler() throws Exception {
    try (InProcessClient client = client()) {
      assertThat(client.get("/v1/status").body()).containsEntry("started", false);
    }
  }
}
