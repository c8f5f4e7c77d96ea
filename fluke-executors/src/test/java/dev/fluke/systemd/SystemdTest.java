package dev.fluke.systemd;

import static dev.fluke.agent.Selector.label;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.manifest.Task;
import dev.fluke.report.CycleReport;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a declared unit means, and which declarations are refused. */
class SystemdTest {
  private static final String UNIT = "nginx.service";

  private final Task nginx =
      Task.named("nginx").on(label("role").is("web")).step("service", Systemd.unit(UNIT)).build();

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

  @Tag("R27")
  @Tag("R31")
  @Test
  void keepsTheContract() {
    for (Systemd declared :
        List.of(Systemd.unit(UNIT), Systemd.unit(UNIT).disabled(), Systemd.unit(UNIT).enabled())) {
      FakeHost host = FakeHost.named("web-01");
      ExecutorContract.of(declared, host)
          .brokenBy(() -> host.unit(UNIT).failed().masked())
          .verify();
    }
  }

  @Test
  void rejectsInvalidUnitNames() {
    for (String name : List.of("nginx", "-x.service", "a b.service", "a.conf", "*.service", "")) {
      assertThatThrownBy(() -> Systemd.unit(name))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("unit '" + name + "': must be a name with its type, such as nginx.service");
    }
    assertThatThrownBy(() -> Systemd.unit("worker@.service"))
        .hasMessage(
            "unit 'worker@.service': is a template; name an instance of it, such as"
                + " worker@1.service");
    assertThatThrownBy(() -> Systemd.unit("dev-sda.device"))
        .hasMessage("unit 'dev-sda.device': is a device, which systemd neither starts nor stops");
    assertThatThrownBy(() -> Systemd.unit(UNIT).ofUser("root; id"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void isAValue() {
    assertThat(Systemd.unit(UNIT)).isEqualTo(Systemd.unit(UNIT).running().enabled());
    assertThat(Systemd.unit(UNIT)).isNotEqualTo(Systemd.unit(UNIT).stopped());
    assertThat(Systemd.unit(UNIT).masked())
        .isEqualTo(Systemd.unit(UNIT).masked().enabledUnmanaged());
    assertThat(Systemd.unit(UNIT).ofUser("app"))
        .isNotEqualTo(Systemd.unit(UNIT))
        .hasToString("nginx.service of app: state running, enabled true");
  }

  @Test
  void refusesContradictions() {
    Systemd unit = Systemd.unit(UNIT);

    assertThatThrownBy(() -> unit.masked().running())
        .hasMessage("unit 'nginx.service': state is masked already, and can't be running too");
    assertThatThrownBy(() -> unit.running().masked()).hasMessageContaining("state is running");
    assertThatThrownBy(() -> unit.stopped().running()).hasMessageContaining("state is stopped");
    assertThatThrownBy(() -> unit.enabled().disabled())
        .hasMessage("unit 'nginx.service': enabled is true already, and can't be false too");
    for (Supplier<Systemd> one :
        List.<Supplier<Systemd>>of(
            () -> unit.masked().enabled(),
            () -> unit.disabled().masked(),
            () -> unit.ofUser("app").masked().disabled())) {
      assertThatThrownBy(one::get)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "unit 'nginx.service': a masked unit is neither enabled nor disabled; leave out"
                  + " 'enabled'");
    }
    assertThat(unit.running().running().enabled().enabled()).isEqualTo(unit);
  }

  @Test
  void warnsOfWhatLooksUnwise() {
    assertThat(Systemd.unit(UNIT).warnings()).isEmpty();
    assertThat(Systemd.unit(UNIT).stopped().disabled().warnings()).isEmpty();
    assertThat(Systemd.unit(UNIT).stopped().warnings())
        .containsExactly(
            "nginx.service is declared stopped, but enabled: each boot starts it again");
    assertThat(Systemd.unit(UNIT).stateUnmanaged().enabledUnmanaged().warnings()).hasSize(1);
  }
}
