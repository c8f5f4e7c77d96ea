package dev.fluke.cli.command;

import picocli.CommandLine.Model.OptionSpec;

/** Options that several commands share. */
final class Options {
  /** The default of {@code --config}. */
  static final String CONFIG = "fluke.yaml";

  private Options() {}

  static OptionSpec config() {
    return text("--config", "FILE", "Config file; default: " + CONFIG + ".");
  }

  static OptionSpec text(String name, String label, String about) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(about).build();
  }

  static OptionSpec flag(String name, String about) {
    return OptionSpec.builder(name).description(about).build();
  }
}
