package dev.fluke.examples.line;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.testkit.ExecutorContract;
import dev.fluke.transport.Local;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command as a check, and its kind in a jar of its own. */
class LineTest {
  private static final Path PAGE = Path.of("..", "docs", "writing-executors.md");
  @TempDir Path dir;

  @Test
  void keepsTheContract() throws Exception {
    // tag::lineContract
    Path hosts = Files.writeString(dir.resolve("hosts"), "127.0.0.1 localhost\n");
    ExecutorContract.of(new Line(hosts.toString(), "192.0.2.7 www"), Local.machine())
        .files(dir) // what neither a check nor a second apply may change
        .verify();
    // end::lineContract

    assertThat(hosts).hasContent("127.0.0.1 localhost\n192.0.2.7 www\n");
  }

  /** A jar with the two classes, and the service file of the page. */
  private URL jar() throws IOException {
    String service = "META-INF/services/" + ExecutorKind.class.getName();
    Path jar = dir.resolve("line.jar");
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
      entries.putNextEntry(new JarEntry(service));
      entries.write(LineKind.class.getName().getBytes(UTF_8));
      for (Class<?> type : List.of(Line.class, LineKind.class)) {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
          entries.write(bytes.readAllBytes());
        }
      }
    }
    assertThat(PAGE).content().contains(service, LineKind.class.getName());
    return jar.toUri().toURL();
  }

  private static byte[] manifest() throws IOException {
    String page = Files.readString(PAGE);
    return page.substring(page.indexOf("```yaml\n") + 8).split("```", 2)[0].getBytes(UTF_8);
  }

  @Test
  void loadsItsKindFromAJar() throws Exception {
    try (URLClassLoader plugins =
        new URLClassLoader(new URL[] {jar()}, ExecutorKind.class.getClassLoader())) {
      ManifestReader reader = ManifestReader.of(plugins, List.of());

      assertThat(
              reader
                  .read(Map.of("hosts.fluke.yaml", manifest()))
                  .tasks()
                  .get(0)
                  .steps()
                  .get(0)
                  .executor()
                  .toString())
          .isEqualTo("Line[file=/etc/hosts, text=192.0.2.7 www]");
      assertThat(reader.reference()).contains("### `line`", "| **`text`** | text | an error |");
    }
  }
}
