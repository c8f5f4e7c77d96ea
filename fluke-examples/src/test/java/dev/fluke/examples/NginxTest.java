package dev.fluke.examples;

// tag::testkit
import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;

import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.systemd.Systemd;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NginxTest {
  private final Task nginx =
      Task.named("nginx")
          .on(label("role").is("web"))
          .step("service", Systemd.unit("nginx.service"))
          .build();

  @Test
  void healsNginx() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.unit("nginx.service").stopped();

      CycleReport report = kit.cycle(nginx);

      assertThat(report.task("nginx").on("web-01")).isRemediated();
      assertThat(web).ran("systemctl start nginx.service").once();
    }
  }
}
// end::testkit
