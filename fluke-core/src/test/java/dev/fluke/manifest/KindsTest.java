package dev.fluke.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.ExecutorKind;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of steps from jars of others, found by a class loader that is named. */
class KindsTest {
  private @TempDir Path dir;

  /** A jar with one kind, as its author would build it. */
  private URL jar(String file, String type, String kind) throws Exception {
    Path source = Files.createDirectories(dir.resolve(type)).resolve(type + ".java");
    Files.writeString(
        source,
        """
        import dev.fluke.executor.*;
        public final class %s implements ExecutorKind {
          static final Field<String> TEXT = Field.text("text", "what it says").required();
          record Says(String text) implements Executor {
            public CheckResult check(Host host) { return CheckResult.inSync(); }
            public void apply(Host host) {}
          }
          public String name() { return "%s"; }
          public String about() { return "Says something."; }
          public java.util.List<Field<?>> fields() { return java.util.List.of(TEXT); }
          public Executor read(Settings values) { return new Says(values.get(TEXT)); }
        }
        """
            .formatted(type, kind));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    String classPath = System.getProperty("java.class.path");
    assertThat(compiler.run(null, null, null, "-proc:none", "-cp", classPath, source.toString()))
        .isZero();
    Path jar = dir.resolve(file);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.putNextEntry(new JarEntry("META-INF/services/" + ExecutorKind.class.getName()));
      entries.write(type.getBytes(UTF_8));
      try (var classes = Files.newDirectoryStream(source.getParent(), "*.class")) {
        for (Path one : classes) {
          entries.putNextEntry(new JarEntry(one.getFileName().toString()));
          entries.write(Files.readAllBytes(one));
        }
      }
    }
    return jar.toUri().toURL();
  }

  private URLClassLoader loader(URL... jars) {
    return new URLClassLoader(jars, ExecutorKind.class.getClassLoader());
  }

  @Test
  void theNamedClassLoaderHasThem() throws Exception {
    byte[] file = Yaml.step("text: hello").replace("probe", "motd").getBytes(UTF_8);
    try (URLClassLoader plugins = loader(jar("motd.jar", "MotdKind", "motd"))) {
      ManifestReader reader = ManifestReader.of(plugins, List.of());

      Manifest manifest = reader.read(Map.of("a.fluke.yaml", file));

      assertThat(manifest.tasks().get(0).steps().get(0).executor()).hasToString("Says[text=hello]");
      assertThat(reader.schema()).contains("\"motd\"");
    }
    assertThatThrownBy(() -> Yaml.READER.read(Map.of("a.fluke.yaml", file)))
        .hasMessageContaining("unknown step kind 'motd'");
  }

  @Test
  void twoOfOneNameAreAnErrorThatNamesBothJars() throws Exception {
    try (URLClassLoader plugins =
        loader(jar("ours.jar", "OurKind", "motd"), jar("theirs.jar", "TheirKind", "motd"))) {
      assertThatThrownBy(() -> ManifestReader.of(plugins, List.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("kinds: two are named 'motd': OurKind in file:")
          .hasMessageContainingAll("/ours.jar and TheirKind in file:", "/theirs.jar; remove one");
    }
  }

  @Test
  void oneThatCanNotBeLoadedIsSaid() throws Exception {
    Path broken = dir.resolve("broken.jar");
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(broken))) {
      entries.putNextEntry(new JarEntry("META-INF/services/" + ExecutorKind.class.getName()));
      entries.write("Nowhere".getBytes(UTF_8));
    }
    try (URLClassLoader plugins = loader(broken.toUri().toURL())) {
      assertThatThrownBy(() -> ManifestReader.of(plugins, List.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("a kind can't be loaded: ")
          .hasMessageContaining("Nowhere");
    }
  }
}
