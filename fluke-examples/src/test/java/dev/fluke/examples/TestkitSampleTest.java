package dev.fluke.examples;

import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;

import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.shell.Shell;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestkitSampleTest {
  private final Task nginx =
      Task.named("nginx")
          .on(label("role").is("web"))
          .step("service", Shell.check("pgrep nginx").command("systemctl start nginx"))
          .build();

  // tag::testkit
  @Test
  void healsNginx() {
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of("role", "web"));
      web.pair("pgrep nginx", "systemctl start nginx").broken();

      CycleReport report = kit.cycle(nginx);

      assertThat(report.task("nginx").on("web-01")).isRemediated();
      assertThat(web).ran("systemctl start nginx").once();
    }
  }
  // end::testkit
}
