package dev.fluke.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleTest {

  @ParameterizedTest
  @CsvSource({"WEB, web", "DB, db", "WORKER, worker"})
  void hasALabel(Role role, String label) {
    assertThat(role.label()).isEqualTo(label);
  }
}
