package dev.fluke.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.CommandResult;
import dev.fluke.systemd.UnitState.BootState;
import dev.fluke.systemd.UnitState.RunState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the properties of a unit mean. */
class UnitStateTest {

  private static UnitState of(String... properties) {
    return UnitState.of(
        CommandResult.exited(0)
            .withStdout(
                "LoadState=loaded\nActiveState=active\nId=a.service\n"
                    + String.join("\n", properties)
                    + "\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "active, running, RUNNING",
    "inactive, dead, STOPPED",
    "failed, failed, FAILED",
    "activating, auto-restart, CRASHING",
    "activating, auto-restart-queued, CRASHING",
    "activating, start, STARTING",
    "reloading, reload, STARTING",
    "refreshing, refresh, STARTING",
    "deactivating, stop-sigterm, STOPPING",
    "maintenance, x, UNCLEAR",
    "invented-later, x, UNCLEAR"
  })
  void readsWhatTheUnitDoesNow(String active, String sub, RunState state) {
    assertThat(of("ActiveState=" + active, "SubState=" + sub).runState()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "enabled, ENABLED",
    "enabled-runtime, ENABLED_UNTIL_BOOT",
    "disabled, DISABLED",
    "indirect, DISABLED",
    "linked, DISABLED",
    "linked-runtime, DISABLED",
    "masked, MASKED",
    "masked-runtime, MASKED",
    "static, NOT_INSTALLABLE",
    "generated, NOT_INSTALLABLE",
    "transient, NOT_INSTALLABLE",
    "alias, NOT_INSTALLABLE",
    "bad, NOT_INSTALLABLE",
    "'', NOT_INSTALLABLE"
  })
  void readsWhatHappensAtBoot(String file, BootState state) {
    assertThat(of("UnitFileState=" + file).bootState()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/init.d/old, multi-user.target graphical.target, ENABLED",
    "/etc/init.d/old, '', DISABLED",
    "/etc/init.d/old, other.service, DISABLED",
    "/etc/fstab, local-fs.target, ENABLED",
    "/etc/fstab, '', NOT_INSTALLABLE"
  })
  void readsFromTheStartersWhetherBootStartsAGeneratedUnit(
      String source, String starters, BootState state) {
    String[] shown = {"UnitFileState=generated", "SourcePath=" + source, "RequiredBy=" + starters};

    assertThat(of(shown).bootState()).isEqualTo(state);
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/systemd/system/a.service, false, true",
    "/run/systemd/system/a.service, false, true",
    "/etc/systemd/system/b.service, false, false",
    "/lib/systemd/system/a.service, false, false",
    "/home/app/.config/systemd/user/a.service, true, true",
    "/etc/systemd/user/a.service, true, false"
  })
  void readsWhetherSystemctlCanRemoveTheMask(String path, boolean ofUser, boolean possible) {
    assertThat(of("FragmentPath=" + path).whyNotUnmasked(ofUser).isEmpty()).isEqualTo(possible);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          static    | it is static, its file has no [Install] section; other units start it
          indirect  | it is indirect, its [Install] section names only other units, in Also=; declare those
          generated | it is generated, its source is another file, such as /etc/fstab
          transient | it is transient, a program created it, and it has no file
          alias     | it is alias, it is another name of a.service; declare that
          bad       | it is bad, its unit file can't be used: /x/a.service
          ''        | it is without a file, its unit file can't be used: /x/a.service
          """)
  void explainsWhyItCannotBeEnabled(String file, String why) {
    assertThat(of("UnitFileState=" + file, "FragmentPath=/x/a.service").whyNotEnabled())
        .isEqualTo("a.service can't be enabled: " + why + "; or set enabled: unmanaged");
  }

  @Test
  void showsTheResultOfAFailedUnitAndElseItsSubState() {
    String[] details = {"SubState=dead", "Result=start-limit-hit"};

    assertThat(of(details).active()).isEqualTo("active (dead)");
    assertThat(of("ActiveState=failed", details[0], details[1]).active())
        .isEqualTo("failed (start-limit-hit)");
  }

  @Test
  void readsMasks() {
    assertThat(of("UnitFileState=masked").isMasked()).isTrue();
    assertThat(of("UnitFileState=masked").isMaskedPermanently()).isTrue();
    assertThat(of("UnitFileState=masked-runtime").isMaskedUntilBoot()).isTrue();
    assertThat(of("UnitFileState=masked-runtime").isMaskedPermanently()).isFalse();
    assertThat(of("LoadState=masked").isMasked()).isTrue();
    assertThat(of("UnitFileState=enabled").isMasked()).isFalse();
  }

  @Test
  void readsWhetherItCanBeLoadedAndStays() {
    assertThat(of().loadError()).isEmpty();
    assertThat(of("LoadState=masked").loadError()).isEmpty();
    assertThat(of("LoadState=bad-setting", "LoadError=why").loadError())
        .isEqualTo("bad-setting why");
    assertThat(of("LoadState=not-found").isMissing()).isTrue();
    assertThat(of("Type=oneshot", "RemainAfterExit=no").neverStaysRunning()).isTrue();
    assertThat(of("Type=oneshot", "RemainAfterExit=yes").neverStaysRunning()).isFalse();
    assertThat(of("NeedDaemonReload=yes").needsReload()).isTrue();
    assertThat(of("ConditionResult=no").isConditionUnmet()).isTrue();
    assertThat(of("FragmentPath=/x=y").path()).isEqualTo("/x=y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "LoadState=loaded", "ActiveState=active"})
  void rejectsOutputWithoutAState(String printed) {
    assertThatThrownBy(() -> UnitState.of(CommandResult.exited(0).withStdout(printed)))
        .isInstanceOf(UnitException.class)
        .hasMessage("systemctl show printed no state, but: " + printed);
  }
}
