package dev.fluke.cli.command;

import picocli.CommandLine.Model.OptionSpec;

/** Options that several commands have. */
final class Options {
  /** The config unless named. */
  static final String CONFIG = "fluke.yaml";

  private Options() {}

  static OptionSpec config() {
    return text("--config", "FILE", "The config; " + CONFIG + " unless given.");
  }

  static OptionSpec text(String name, String label, String about) {
    return OptionSpec.builder(name).paramLabel(label).type(String.class).description(about).build();
  }

  static OptionSpec flag(String name, String about) {
    return OptionSpec.builder(name).description(about).build();
  }
}
