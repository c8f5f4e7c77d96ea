package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SshPipeTest {
  private final SshPipe.ErrorOutput errors = new SshPipe.ErrorOutput();

  private void print(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    errors.write(bytes, 0, bytes.length);
  }

  @Test
  void keepsWhatTheCommandPrintsOnStandardError() {
    print("fatal: ");
    errors.write('n');
    print("ö");

    assertThat(errors.text()).isEqualTo("fatal: nö");
  }

  @Test
  void keepsTheFirst4KibibytesOnly() {
    print("a".repeat(4095));
    print("bc");
    print("d".repeat(100_000));

    assertThat(errors.text()).isEqualTo("a".repeat(4095) + "b");
  }
}
