package dev.fluke.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.cli.audit.AuditTrail.Entry;
import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.testkit.VirtualTime;
import dev.fluke.text.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {
  private static final String TOKEN = "canary-token-of-the-config";

  @TempDir Path dir;

  private final VirtualTime time = VirtualTime.seeded(1);
  private Path path;
  private AuditTrail audit;

  @BeforeEach
  void open() throws Exception {
    Mask mask = new Mask();
    mask.learnLong(Secret.of(TOKEN));
    path = Files.createDirectory(dir.resolve("log")).resolve("audit.jsonl");
    audit = AuditFile.open(path, time, mask);
  }

  @AfterEach
  void close() {
    audit.close();
    time.close();
  }

  private static Entry run(String caller, int status, String reason) {
    return new Entry(
        caller,
        "192.0.2.7",
        "POST",
        "/v1/reconcile",
        Optional.of(new AuditTrail.Act("task nginx", List.of("web-01"), true, "ann", reason)),
        status,
        "3");
  }

  private static Entry get(String caller, int status) {
    return new Entry(caller, "192.0.2.7", "GET", "/v1/agents", Optional.empty(), status, "");
  }

  private List<Map<String, Object>> lines() throws IOException {
    time.runFor(Duration.ZERO);
    return Files.readAllLines(path).stream().map(Json::readObject).toList();
  }

  @Test
  void saysWhoAskedFromWhereForWhat() throws Exception {
    audit.begins(run("ci", 0, "ticket 7"));
    audit.failed(run("ci", 0, "ticket 7"), "no task 'nginx'");

    List<Map<String, Object>> lines = lines();
    assertThat(lines.get(0).toString())
        .isEqualTo(
            "{time=2025-01-01T00:00:00Z, outcome=accepted, caller=ci, from=192.0.2.7,"
                + " request=POST /v1/reconcile, run=3, scope=task nginx, agents=[web-01],"
                + " force=true, on_behalf_of=ann, reason=ticket 7}");
    assertThat(lines.get(1))
        .containsEntry("outcome", "failed")
        .containsEntry("run", "3")
        .containsEntry("message", "no task 'nginx'");
  }

  @Test
  void keepsRefusalsAndNoReading() throws Exception {
    audit.responded(get("ci", 200));
    audit.responded(get("ci", 404));
    audit.responded(get("ci", 403));
    audit.responded(run("ci", 400, ""));
    audit.responded(run("ci", 202, ""));
    audit.responded(get("", 401));

    assertThat(lines())
        .extracting(line -> line.get("outcome") + " " + line.getOrDefault("status", ""))
        .containsExactly("refused 403", "refused 400", "accepted ", "refused 401");
  }

  @Test
  void hidesSecretsAndEscapesHostileText() throws Exception {
    audit.begins(run("ci", 0, "x\n{\"forged\":1}\r\u001b[2J\u202e\u2028 " + TOKEN));
    audit.begins(run("ci", 0, "y".repeat(100_000)));

    assertThat(lines()).hasSize(2);
    assertThat(Files.readString(path))
        .doesNotContain(TOKEN, "\r", "\u001b", "\u202e", "\u2028")
        .contains("***")
        .hasSizeLessThan(2_000);
  }

  @Test
  void refusesToBeginWhileItCantBeWritten() throws Exception {
    audit.begins(run("ci", 0, "before"));
    Files.move(path.getParent(), dir.resolve("away"));

    assertThatThrownBy(() -> audit.begins(run("ci", 0, "meanwhile")))
        .isInstanceOf(IOException.class)
        .hasMessage("its directory does not exist");
    audit.responded(run("ci", 503, "meanwhile"));
    assertThat(audit.health().orElseThrow().error()).contains("its directory does not exist");

    Files.move(dir.resolve("away"), path.getParent());
    time.runFor(Duration.ofSeconds(6));

    assertThat(audit.health().orElseThrow().error()).isEmpty();
    assertThatCode(() -> audit.begins(run("ci", 0, "after"))).doesNotThrowAnyException();
    assertThat(lines())
        .extracting(line -> line.get("outcome"))
        .containsExactly("accepted", "refused", "resumed", "accepted");
  }

  @Test
  void keepsBoundedNumbersOfRefusals() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      audit.responded(get("", 401));
      audit.responded(get("ci", 403));
    }
    time.runFor(Duration.ofSeconds(61));

    List<Map<String, Object>> lines = lines();
    assertThat(lines).hasSize(1 + 60 + 2);
    assertThat(lines.subList(61, 63)).extracting(line -> line.get("more")).contains(4_999L, 4_940L);
  }

  @Test
  void keepsNothingWithoutAFile() throws Exception {
    try (AuditTrail none = AuditTrail.none()) {
      none.begins(run("ci", 0, ""));
      none.responded(get("", 401));
      none.failed(get("", 0), "x");
      none.reopen();

      assertThat(none.health()).isEmpty();
    }
  }
}
