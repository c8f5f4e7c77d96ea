package dev.fluke.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class OptionsTest {
  private final CommandLine line =
      new CommandLine(
          CommandSpec.create()
              .addOption(Options.config())
              .addOption(Options.flag("--wait", "Waits.")));

  @Test
  void readsATextAndAFlag() {
    assertThat(line.parseArgs("--config", "a.yaml").matchedOptionValue("--config", "none"))
        .isEqualTo("a.yaml");
    assertThat(line.parseArgs("--wait").matchedOptionValue("--wait", false)).isTrue();
    assertThat(line.parseArgs().matchedOptionValue("--wait", false)).isFalse();
  }

  @Test
  void requiresAValueForAText() {
    assertThatThrownBy(() -> line.parseArgs("--config")).isInstanceOf(ParameterException.class);
  }

  @Test
  void namesTheDefaultOfTheConfig() {
    assertThat(line.getUsageMessage()).contains("--config=FILE", "default: fluke.yaml");
  }
}
