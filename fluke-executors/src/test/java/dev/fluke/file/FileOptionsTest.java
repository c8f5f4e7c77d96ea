package dev.fluke.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileOptionsTest {
  private static final List<UnaryOperator<FileOptions>> ALL =
      List.of(
          options -> options.attributes(options.attributes().mode("0640")),
          options -> options.attributes(options.attributes().owner("root")),
          options -> options.attributes(options.attributes().group("33")),
          FileOptions::withParents,
          options -> options.replacing(Replaceable.SYMLINK),
          options -> options.runAs("deploy"));

  @Test
  void keepsEveryOptionWhenTheOthersAreSet() {
    FileOptions whole =
        new FileOptions(
            new FileAttributes(Optional.of("0640"), Optional.of("root"), Optional.of("33")),
            true,
            Replaceable.SYMLINK,
            Optional.of("deploy"));

    for (int first = 0; first < ALL.size(); first++) {
      List<UnaryOperator<FileOptions>> order = new ArrayList<>(ALL);
      Collections.rotate(order, first);
      FileOptions options = FileOptions.DEFAULTS;
      for (UnaryOperator<FileOptions> option : order) {
        options = option.apply(options);
      }
      assertThat(options).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "missing, FILE, true",
    "symlink, FILE, false",
    "symlink, SYMLINK, true",
    "symlink, DIRECTORY, true",
    "directory, FILE, false",
    "directory, SYMLINK, false",
    "directory, DIRECTORY, true",
    "special, DIRECTORY, false",
    "hidden, DIRECTORY, false"
  })
  void replacesOnlyWhatIsDeclared(String kind, Replaceable replaceable, boolean may) {
    FileState found = FileState.of(CommandResult.exited(0).withStdout(kind + "\nx\n"));

    assertThat(FileOptions.DEFAULTS.replacing(replaceable).mayReplace(found)).isEqualTo(may);
  }
}
