package dev.fluke.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with all dependencies; runs after it is packed. */
@Tag("slow")
class FlukeJarTest {
  private static final Path JAR = Path.of("target", "fluke.jar").toAbsolutePath();

  @TempDir Path dir;

  private static String entry(JarFile jar, String name) throws Exception {
    try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private Process java(String... arguments) throws Exception {
    List<String> argv = new ArrayList<>();
    argv.add(ProcessHandle.current().info().command().orElseThrow());
    argv.addAll(List.of("-jar", JAR.toString()));
    argv.addAll(List.of(arguments));
    return new ProcessBuilder(argv)
        .directory(dir.toFile())
        .redirectErrorStream(true)
        .redirectOutput(dir.resolve("out").toFile())
        .start();
  }

  private String said() throws Exception {
    return Files.readString(dir.resolve("out"));
  }

  @Test
  void containsServicesAndNoSignatures() throws Exception {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(entry(jar, "META-INF/services/dev.fluke.executor.ExecutorKind"))
          .contains("dev.fluke.shell.ShellKind");
      assertThat(entry(jar, "META-INF/services/dev.fluke.source.git.GitTransport"))
          .contains("dev.fluke.ssh");
      assertThat(entry(jar, "META-INF/services/ch.qos.logback.classic.spi.Configurator"))
          .contains("dev.fluke.cli.daemon.Logs");
      assertThat(jar.stream().map(each -> each.getName()))
          .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA)|module-info\\.class"))
          .doesNotHaveDuplicates();
      assertThat(jar.getManifest().getMainAttributes().getValue("Multi-Release")).isEqualTo("true");
    }
  }

  @Test
  void hasABillOfMaterials() throws Exception {
    String bill = Files.readString(JAR.resolveSibling("fluke-sbom.json"));

    assertThat(bill)
        .contains("\"bomFormat\" : \"CycloneDX\"", "SHA-256", "Apache-2.0")
        .contains("fluke-core", "fluke-executors", "fluke-transport-ssh", "org.eclipse.jgit")
        .contains("guava", "jsch", "snakeyaml", "picocli", "jetty-server", "logback-classic")
        .doesNotContain("assertj", "fluke-testkit");
  }

  @Test
  void validatesAndRuns() throws Exception {
    assertThat(java("init").waitFor()).as(said()).isZero();
    Path config = dir.resolve("fluke.yaml");
    Files.writeString(config, Files.readString(config) + "http: { socket: fluke.sock }\n");
    assertThat(java("validate").waitFor()).as(said()).isZero();
    assertThat(said()).isEqualTo("valid: 1 task, 1 agent\n");

    Process daemon = java("run");
    try {
      for (int tries = 0; !said().contains("drift_remediated"); tries++) {
        assertThat(daemon.isAlive() && tries < 3000).as(said()).isTrue();
        daemon.waitFor(20, TimeUnit.MILLISECONDS);
      }
      assertThat(dir.resolve("hello.txt")).hasContent("hello");
      daemon.destroy();
      assertThat(daemon.waitFor()).as(said()).isZero();
    } finally {
      daemon.destroyForcibly();
    }
  }
}
