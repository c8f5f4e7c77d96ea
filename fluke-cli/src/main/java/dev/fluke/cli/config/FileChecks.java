package dev.fluke.cli.config;

import dev.fluke.files.internal.Exposures;
import dev.fluke.files.internal.FileExposure;
import dev.fluke.files.internal.FileExposure.Allowed;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What other users of this machine can do with the files that a config names. Reports each weak
 * permission once, where it first counts.
 */
final class FileChecks {
  private final Set<Map.Entry<Path, Allowed>> checked = new HashSet<>();
  private final Set<Map.Entry<Path, String>> reported = new HashSet<>();

  /** What others can do with this file beyond what is allowed, unless that is reported already. */
  List<String> of(Path file, Allowed others) {
    return checked.add(Map.entry(file, others))
        ? unreported(Exposures.of(file, others))
        : List.of();
  }

  /** As {@link #of}, for what is in a directory; others may read it. */
  List<String> below(Path directory) {
    return unreported(Exposures.below(directory));
  }

  private List<String> unreported(List<FileExposure> exposures) {
    return exposures.stream()
        .filter(exposure -> reported.add(Map.entry(exposure.path(), exposure.remedy())))
        .map(FileExposure::toString)
        .toList();
  }
}
