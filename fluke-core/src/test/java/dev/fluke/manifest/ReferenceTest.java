package dev.fluke.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The reference of kinds as Markdown. */
class ReferenceTest {
  private final String reference = Reference.of(Map.of("probe", new ProbeKind()));

  @Test
  void hasARowPerFieldWithRequiredOnesInBold() {
    assertThat(reference.lines())
        .startsWith("### `probe`", "", "Looks at things.", "")
        .contains("| **`check`** | text | an error | what is looked at | empty is an error |")
        .contains(
            "| `working_dir` | an absolute path | the home | where it runs | relative, or with"
                + " `..`, is an error |")
        .anyMatch(line -> line.startsWith("| `state` | `running`, `stopped` | "));
  }

  @Test
  void namesMembersOfAGroupWithTheGroup() {
    assertThat(reference.lines())
        .anyMatch(line -> line.startsWith("| **`git.url`** | a name | an error | "))
        .anyMatch(line -> line.startsWith("| `git.branch` | a name | "));
  }

  @Test
  void endsWithTheFieldsOfEveryStep() {
    assertThat(reference.substring(reference.indexOf("### Every step")))
        .contains("`on_failure`", "`timeout`", "`check_timeout`")
        .endsWith("|\n");
  }
}
