package dev.fluke.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.PrivateFile;
import dev.fluke.cli.audit.AuditTrail;
import dev.fluke.testkit.VirtualTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditConfigTest {
  @TempDir Path dir;

  private AuditConfig read(String audit) throws Exception {
    Path file = PrivateFile.write(dir.resolve("fluke.yaml"), "directory: .\n" + audit);
    return new ConfigReader(Map.of()).read("fluke.yaml", file).audit();
  }

  @Test
  void opensTheNamedFile() throws Exception {
    AuditConfig config = read("audit: { file: audit.jsonl }\n");

    assertThat(config.file()).contains(dir.resolve("audit.jsonl"));
    try (VirtualTime time = VirtualTime.seeded(1);
        AuditTrail audit = config.open(time)) {
      assertThat(audit.health()).isPresent();
    }
    assertThat(dir.resolve("audit.jsonl")).isEmptyFile();
  }

  @Test
  void keepsNothingByDefault() throws Exception {
    try (VirtualTime time = VirtualTime.seeded(1);
        AuditTrail audit = read("").open(time)) {
      assertThat(audit.health()).isEmpty();
    }
  }

  @Test
  void refusesADirectoryThatOthersCanWrite() throws Exception {
    PrivateFile.withMode(Files.createDirectory(dir.resolve("open")), "rwxrwxrwx");

    assertThatThrownBy(() -> read("audit: { file: open/audit.jsonl }\n"))
        .hasMessageContaining("open can be written by others (mode 0777)");
  }

  @Test
  void refusesWhatIsNoFile() throws Exception {
    Files.createSymbolicLink(dir.resolve("link"), Path.of("/dev/null"));

    assertThatThrownBy(() -> read("audit: { file: link }\n"))
        .hasMessageContaining("link', which is not a regular file; name a file, which Fluke makes");
    assertThatThrownBy(() -> read("audit: {}\n"))
        .hasMessageContaining("'file' is missing: the file of the audit");
  }
}
