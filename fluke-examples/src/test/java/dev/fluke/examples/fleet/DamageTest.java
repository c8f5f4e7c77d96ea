package dev.fluke.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DamageTest {
  private static FleetHost host(Role role) {
    return new FleetHost("host", role, "127.0.0.1", 22, Path.of("/nowhere"));
  }

  @ParameterizedTest
  @EnumSource(Role.class)
  void fitsHostsOfItsRole(Role role) {
    List<Damage> fitting =
        Damage.all().stream().filter(damage -> damage.canBeDoneTo(host(role))).toList();

    assertThat(fitting).extracting(Damage::task).contains("baseline");
    assertThat(fitting).allMatch(damage -> damage.role().map(role::equals).orElse(true));
    assertThat(fitting.stream().filter(damage -> damage.role().isPresent())).isNotEmpty();
  }

  @Test
  void isDescribedByDifferentWords() {
    assertThat(Damage.all())
        .hasSize(30)
        .extracting(damage -> damage.role() + damage.task() + damage.step() + damage.words())
        .doesNotHaveDuplicates();
  }

  @Test
  void belongsToTasksOfTheManifests() {
    Set<String> tasks = Damage.all().stream().map(Damage::task).collect(Collectors.toSet());

    assertThat(tasks)
        .containsExactlyInAnyOrder("baseline", "site", "server", "ledger", "backup", "queues");
  }
}
