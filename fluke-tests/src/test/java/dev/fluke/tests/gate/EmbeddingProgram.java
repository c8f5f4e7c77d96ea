package dev.fluke.tests.gate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableList;
import dev.fluke.agent.Agent;
import dev.fluke.alert.AlertSink;
import dev.fluke.alert.Webhook;
import dev.fluke.manifest.InvalidManifestException;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.source.DirectorySource;
import dev.fluke.source.git.GitSource;
import dev.fluke.transport.Local;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Uses each part of core once, in a JVM of its own, and prints what came of it. */
final class EmbeddingProgram {
  private EmbeddingProgram() {}

  public static void main(String[] args) throws Exception {
    Path dir = Path.of(args[0]);
    Path manifests = Files.createDirectory(dir.resolve("manifests"));
    print(
        "Guava", ImmutableList.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    ManifestReader reader = ManifestReader.of(EmbeddingProgram.class.getClassLoader(), List.of());

    String text = manifest(dir.resolve("hello"));
    Files.writeString(manifests.resolve("good.fluke.yaml"), text);
    Manifest read = reader.read(Map.of("good.fluke.yaml", text.getBytes(UTF_8)));
    print("tasks", read.tasks());
    print("mistake", mistake(reader, text.replace("selector", "selectr")));
    print("git", gitMistake("http://example.org/x.git"));
    print("webhook", webhookMistake());

    CountDownLatch arrived = new CountDownLatch(1);
    AlertSink sink =
        alert -> {
          print("alert", "fluke.alert " + alert.toJson());
          arrived.countDown();
        };
    try (Reconciler reconciler =
        Reconciler.builder()
            .agent(Agent.named("here", Local.machine()).label("role", "build"))
            .source(DirectorySource.at(manifests).every(Duration.ofMinutes(1)))
            .alerts(sink)
            .build()) {
      print("cycle", reconciler.cycle());
      arrived.await();
      print("events", reconciler.events("here", 100).size());
      print("status", reconciler.status());
    }
  }

  private static String manifest(Path file) {
    return """
        tasks:
          hello:
            selector: { match_labels: { role: build } }
            drift: { policy: remediate_and_alert }
            steps:
              - shell: file
                check: test -f %1$s
                command: touch %1$s
        """
        .formatted(file);
  }

  private static String mistake(ManifestReader reader, String text) {
    try {
      return reader.read(Map.of("bad.fluke.yaml", text.getBytes(UTF_8))).toString();
    } catch (InvalidManifestException e) {
      return e.getMessage();
    }
  }

  private static String gitMistake(String url) {
    try {
      return GitSource.at(url).toString();
    } catch (IllegalArgumentException e) {
      return "refused: " + e.getMessage();
    }
  }

  private static String webhookMistake() {
    Webhook.to("https://[2001:db8::1]:8443/alerts");
    try {
      return Webhook.to("http://169.254.169.254/latest").toString();
    } catch (IllegalArgumentException e) {
      return "refused: " + e.getMessage();
    }
  }

  private static void print(String what, Object value) {
    System.out.println(what + ": " + value);
  }
}
