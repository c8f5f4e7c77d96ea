package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Manifests with bytes changed, cut, doubled, moved and repeated end in a manifest or in placed
 * errors, and soon; {@code scripts/prove yaml-fuzz} tries a hundred thousand.
 */
class ManifestFuzzTest {
  private static final int FILES = Integer.getInteger("fluke.test.files", 3_000);
  private static final List<String> BITS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ": ",
          "- ",
          "\n",
          "\t",
          "'",
          "\"",
          "&x ",
          "*x",
          "!!str ",
          "!!x ",
          "? ",
          "| ",
          "> ",
          "---\n",
          "...\n",
          "%YAML 1.2\n",
          "#",
          "${local.",
          "${local.a}",
          "${local.c}${local.c}",
          ", *s",
          "<<: ",
          "\\",
          "@",
          "`",
          "\u0000",
          "\u0085",
          "\ud83d\ude00",
          "\ufeff",
          "all: true",
          "  ",
          "\r",
          "~");
  private static final String SOUND =
      """
      locals: { a: b, c: "${local.a}" }
      tasks:
        web:
          description: >-
            text of
            two lines
          selector: &s
            match_labels: { role: web, "env": '${local.a}' }
            match_expressions: [ { key: os, in: [ a, b ] }, { key: x, exists: true } ]
          drift: { policy: alert_only }
          steps:
            - probe: one
              check: |
                test -e /x
              settle: 1m30s
              env: { A: 1 }
              git: { url: u, branch: b }
              on_failure: continue
        other: { selector: *s, steps: [ { probe: two, check: "x", enabled: false } ] }
      """;

  @Test
  void everyFileEndsInAManifestOrInPlacedErrors() {
    Random random = new Random(Long.getLong("fluke.test.seed", 7));
    int good = 0;
    long slowest = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] file = mutated(random);
      long begun = System.nanoTime();
      try {
        Yaml.READER.read(Map.of("a.fluke.yaml", file));
        good++;
      } catch (InvalidManifestException e) {
        assertThat(e.problems())
            .isNotEmpty()
            .allMatch(problem -> problem.line() > 0 && problem.column() > 0);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("file " + i + ": " + new String(file, UTF_8), e);
      }
      slowest = Math.max(slowest, System.nanoTime() - begun);
    }

    assertThat(good).as("files that are still sound").isBetween(1, FILES - 1);
    assertThat(slowest).as("nanoseconds of the slowest").isLessThan(5_000_000_000L);
  }

  private static byte[] mutated(Random random) {
    StringBuilder text = new StringBuilder(SOUND);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      int to = Math.min(text.length(), at + 1 + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> text.insert(at, BITS.get(random.nextInt(BITS.size())));
        case 1 -> text.delete(at, to);
        case 2 -> text.insert(random.nextInt(text.length()), text.substring(at, to));
        case 3 -> text.replace(at, to, BITS.get(random.nextInt(BITS.size())));
        default -> text.setCharAt(at, (char) random.nextInt(0x300));
      }
    }
    if (random.nextInt(200) == 0) {
      String piece = BITS.get(random.nextInt(BITS.size()));
      text.insert(random.nextInt(text.length()), piece.repeat(random.nextInt(50_000)));
    }
    byte[] bytes = text.toString().getBytes(UTF_8);
    if (random.nextInt(10) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }
}
