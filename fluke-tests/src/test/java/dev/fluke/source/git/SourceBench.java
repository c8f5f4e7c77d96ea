package dev.fluke.source.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What reading manifests and looking at a repository cost. */
public final class SourceBench {
  private static final ManifestReader READER = ManifestReader.of(new PairKind());

  private SourceBench() {}

  /** Milliseconds to read 100 files of 10 tasks each, warm; the median. */
  public static double parseThousandTasks() throws Exception {
    Map<String, byte[]> files = files(100);
    double[] millis = new double[15];
    for (int i = -20; i < millis.length; i++) {
      long begun = System.nanoTime();
      if (READER.read(files).tasks().size() != 1_000) {
        throw new AssertionError();
      }
      millis[Math.max(0, i)] = (System.nanoTime() - begun) / 1e6;
    }
    return median(millis);
  }

  /** MiB of heap that 10,000 tasks take when they are read. */
  public static double memoryOfTenThousandTasks() throws Exception {
    long before = used();
    Manifest manifest = READER.read(files(1_000));
    double mebibytes = (used() - before) / 1024.0 / 1024;
    if (manifest.tasks().size() != 10_000) {
      throw new AssertionError();
    }
    return mebibytes;
  }

  /** Milliseconds of a look that finds nothing new, at a real http-backend here; the median. */
  public static double noopPoll() throws Exception {
    Path dir = Files.createTempDirectory("fluke-bench");
    try (GitHttpServer server = new GitHttpServer(dir)) {
      GitRepo.in(dir).push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
      double[] millis = new double[50];
      try (FollowedSource infra = new FollowedSource(GitSource.at(server.url()).insecure())) {
        infra.poll();
        for (int i = -10; i < millis.length; i++) {
          long begun = System.nanoTime();
          if (!infra.poll().equals("unchanged")) {
            throw new AssertionError();
          }
          millis[Math.max(0, i)] = (System.nanoTime() - begun) / 1e6;
        }
      }
      return median(millis);
    } finally {
      try (Stream<Path> files = Files.walk(dir)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static Map<String, byte[]> files(int count) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("locals: { app: /opt/app }\ntasks:\n");
      for (int j = 0; j < 10; j++) {
        text.append("  task-").append(i).append('-').append(j);
        text.append(":\n    description: keeps it as it should be\n    selector:\n");
        text.append("      match_labels: { role: web, env: production }\n    steps:\n");
        text.append("      - pair: s\n        check: test -e ${local.app}/").append(j);
        text.append("\n        command: touch ${local.app}/").append(j).append('\n');
      }
      files.put("f" + i + ".fluke.yaml", text.toString().getBytes(UTF_8));
    }
    return files;
  }

  private static long used() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
