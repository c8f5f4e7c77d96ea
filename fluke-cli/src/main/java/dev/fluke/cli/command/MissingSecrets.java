package dev.fluke.cli.command;

import dev.fluke.command.SecretSource;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Manifest.NamedSecret;
import dev.fluke.text.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds secrets that manifests name and nobody supplies.
 *
 * @param sources the sources of a config
 * @param areKnown whether there is a config at all
 */
record MissingSecrets(List<SecretSource> sources, boolean areKnown) {
  /** Without a config, every secret may be there. */
  static final MissingSecrets UNKNOWN = new MissingSecrets(List.of(), false);

  static MissingSecrets in(List<SecretSource> sources) {
    return new MissingSecrets(sources, true);
  }

  /** The errors, with their places. */
  List<String> of(Manifest manifest) {
    List<String> errors = new ArrayList<>();
    for (NamedSecret named : areKnown ? manifest.namedSecrets() : List.<NamedSecret>of()) {
      String error = error(named);
      if (!error.isEmpty()) {
        errors.add(error);
      }
    }
    return errors;
  }

  private String error(NamedSecret named) {
    try {
      for (SecretSource source : sources) {
        if (source.secret(named.name()).isPresent()) {
          return "";
        }
      }
      return named.missing(hint(named.name())).toString();
    } catch (Exception e) { // of a source of Fluke: without the secret
      return "%s: %s".formatted(named.place(), e.getMessage());
    }
  }

  private String hint(String name) throws Exception {
    if (sources.isEmpty()) {
      return "; name a directory or a prefix in 'secrets' of the config";
    }
    Set<String> known = new TreeSet<>();
    for (SecretSource source : sources) {
      known.addAll(source.names());
    }
    return DidYouMean.hint(name, known);
  }
}
