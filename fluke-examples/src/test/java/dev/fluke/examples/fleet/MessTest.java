package dev.fluke.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessTest {
  private static final List<FleetHost> HOSTS =
      List.of(host("web-01", Role.WEB), host("db-01", Role.DB), host("worker-01", Role.WORKER));

  private static FleetHost host(String name, Role role) {
    return new FleetHost(name, role, "127.0.0.1", 22, Path.of("/nowhere"));
  }

  @Test
  void makesTheSameMessFromTheSameSeed() {
    assertThat(Mess.of(7, HOSTS).all()).isEqualTo(Mess.of(7, HOSTS).all());
    assertThat(Mess.of(8, HOSTS).all()).isNotEqualTo(Mess.of(7, HOSTS).all());
  }

  @Test
  void damagesEachStepOfAHostOnce() {
    for (long seed = 0; seed < 100; seed++) {
      assertThat(Mess.of(seed, HOSTS).all())
          .hasSize(12)
          .extracting(done -> done.host().name() + " " + done.damage().step())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void damagesAHostOnlyByItsRole() {
    assertThat(Mess.of(7, HOSTS).all())
        .allMatch(done -> done.damage().role().map(done.host().role()::equals).orElse(true));
  }
}
