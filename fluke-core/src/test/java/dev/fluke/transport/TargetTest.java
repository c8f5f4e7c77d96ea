package dev.fluke.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTest {
  private static final String DOCUMENTED =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  private final Target plain = Target.of("web-01", Scheduler.system());

  @Test
  void keepsEachOptionBesideTheOther() {
    Target both = plain.path(List.of("/opt/bin", "/opt/sbin")).defaultShell("/bin/zsh");

    assertThat(both.agent()).isEqualTo("web-01");
    assertThat(both.scheduler()).isSameAs(plain.scheduler());
    assertThat(both.defaultShell()).isEqualTo("/bin/zsh");
    assertThat(both.path()).containsExactly("/opt/bin", "/opt/sbin");
    assertThat(both.searchPath()).isEqualTo("/opt/bin:/opt/sbin:" + DOCUMENTED);
  }

  @Test
  void hasBashAndTheDocumentedPathByDefault() {
    assertThat(plain.defaultShell()).isEqualTo("/bin/bash");
    assertThat(plain.path()).isEmpty();
    assertThat(plain.searchPath()).isEqualTo(DOCUMENTED);
  }

  @Test
  void copiesItsDirectoriesAndRefusesNull() {
    List<String> directories = new ArrayList<>(List.of("/opt/bin"));
    Target target = plain.path(directories);
    directories.clear();

    assertThat(target.path()).containsExactly("/opt/bin");
    assertThatThrownBy(() -> plain.defaultShell(null)).hasMessage("absolutePath");
    assertThatThrownBy(() -> Target.of(null, plain.scheduler())).hasMessage("agent");
  }
}
