package dev.fluke.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.systemd.UnitDeclaration.Activity;
import dev.fluke.systemd.UnitDeclaration.Boot;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check finds, by what is declared and what systemctl shows. */
class UnitComparisonTest {

  private static String compare(Activity activity, Boot boot, String active, String file) {
    String shown =
        "Id=a.service\nLoadState=loaded\nActiveState=%s\nSubState=sub\nResult=exit-code\nUnitFileState=%s\n"
            .formatted(active, file);
    return compare(new UnitDeclaration("a.service", activity, boot, null), shown);
  }

  private static String compare(UnitDeclaration declared, String shown) {
    return new UnitComparison(declared)
        .with(UnitState.of(CommandResult.exited(0).withStdout(shown)))
        .fold(
            inSync -> "in sync",
            drifted -> drifted.differences().toString(),
            unknown -> "unknown: " + unknown.why());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RUNNING   | active       | in sync
          RUNNING   | inactive     | [state should be 'running', is 'inactive (sub)']
          RUNNING   | failed       | [state should be 'running', is 'failed (exit-code)']
          RUNNING   | activating   | unclear
          RUNNING   | deactivating | unclear
          STOPPED   | inactive     | in sync
          STOPPED   | failed       | in sync
          STOPPED   | active       | [state should be 'stopped', is 'active (sub)']
          STOPPED   | activating   | [state should be 'stopped', is 'activating (sub)']
          STOPPED   | deactivating | unclear
          UNMANAGED | failed       | in sync
          UNMANAGED | maintenance  | in sync
          """)
  void comparesTheActivity(Activity activity, String active, String expected) {
    String unclear =
        "unknown: a.service is %s (sub), neither running nor stopped; the next cycle checks it again"
            .formatted(active);

    assertThat(compare(activity, Boot.UNMANAGED, active, "enabled"))
        .isEqualTo(expected.equals("unclear") ? unclear : expected);
  }

  @ParameterizedTest
  @CsvSource({
    "ENABLED, enabled, in sync",
    "ENABLED, enabled-runtime, true",
    "ENABLED, static, true",
    "ENABLED, masked, true",
    "DISABLED, disabled, in sync",
    "DISABLED, static, in sync",
    "DISABLED, masked, in sync",
    "DISABLED, enabled, false",
    "DISABLED, enabled-runtime, false",
    "UNMANAGED, enabled-runtime, in sync"
  })
  void comparesTheBoot(Boot boot, String file, String expected) {
    String drift = "[enabled should be '%s', is '%s']".formatted(expected, file);

    assertThat(compare(Activity.UNMANAGED, boot, "active", file))
        .isEqualTo(expected.equals("in sync") ? expected : drift);
  }

  @Test
  void reportsBothDifferences() {
    assertThat(compare(Activity.RUNNING, Boot.ENABLED, "inactive", ""))
        .isEqualTo(
            "[state should be 'running', is 'inactive (sub)',"
                + " enabled should be 'true', is 'without a file']");
  }

  @ParameterizedTest
  @CsvSource({
    "inactive, masked, in sync",
    "failed, masked, in sync",
    "active, masked, 'running, masked'",
    "inactive, masked-runtime, masked-runtime",
    "active, enabled, 'running, enabled'"
  })
  void comparesAMask(String active, String file, String expected) {
    String drift = "[state should be 'masked', is '%s']".formatted(expected);

    assertThat(compare(Activity.MASKED, Boot.ENABLED, active, file))
        .isEqualTo(expected.equals("in sync") ? expected : drift);
  }

  @Test
  void reportsAMissingUnitByItsDeclaredName() {
    String shown = "Id=a.service\nLoadState=not-found\nActiveState=inactive\n";

    assertThat(compare(UnitDeclaration.of("alias.service"), shown))
        .isEqualTo("[unit should be 'alias.service', is 'not found']");
  }
}
