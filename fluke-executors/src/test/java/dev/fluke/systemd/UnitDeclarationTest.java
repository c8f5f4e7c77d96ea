package dev.fluke.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.systemd.UnitDeclaration.Activity;
import dev.fluke.systemd.UnitDeclaration.Boot;
import org.junit.jupiter.api.Test;

class UnitDeclarationTest {
  private static final UnitDeclaration UNIT = UnitDeclaration.of("a.service");

  @Test
  void runsAndIsEnabledByDefault() {
    assertThat(UNIT)
        .isEqualTo(new UnitDeclaration("a.service", Activity.RUNNING, Boot.ENABLED, null));
  }

  @Test
  void keepsEveryOptionWhenTheOthersAreSet() {
    UnitDeclaration whole =
        new UnitDeclaration("a.service", Activity.STOPPED, Boot.DISABLED, "app");

    assertThat(UNIT.activity(Activity.STOPPED).boot(Boot.DISABLED).user("app")).isEqualTo(whole);
    assertThat(UNIT.user("app").boot(Boot.DISABLED).activity(Activity.STOPPED)).isEqualTo(whole);
    assertThat(UNIT.boot(Boot.DISABLED).activity(Activity.STOPPED).user("app")).isEqualTo(whole);
  }

  @Test
  void managesNoBootOfAMaskedUnit() {
    assertThat(UNIT.activity(Activity.MASKED).boot()).isEqualTo(Boot.UNMANAGED);
    assertThat(UNIT.activity(Activity.MASKED).boot(Boot.ENABLED).boot()).isEqualTo(Boot.UNMANAGED);
  }

  @Test
  void namesBootAsYamlDoes() {
    assertThat(Boot.values())
        .extracting(Boot::inYaml)
        .containsExactly("true", "false", "unmanaged");
  }
}
