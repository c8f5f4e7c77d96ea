package dev.fluke.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.executor.ExecutorKind;
import dev.fluke.manifest.Manifest;
import dev.fluke.report.FleetStatus.SourceStatus;
import dev.fluke.shell.ShellKind;
import dev.fluke.source.DirectorySource;
import dev.fluke.tests.support.Pair;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which class loaders are asked for kinds of steps, and what is said if they have none. */
class ReconcilerPartsTest {
  private @TempDir Path dir;

  @BeforeEach
  void declareATask() throws IOException {
    Files.writeString(
        dir.resolve("a.fluke.yaml"),
        """
        tasks:
          hello:
            selector: { match_labels: { role: web } }
            steps:
              - shell: hello
                check: "true"
                command: "true"
        """);
  }

  private static <T> T with(@Nullable ClassLoader context, Callable<T> call) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(context);
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private ReconcilerBuilder builder() {
    return Reconciler.builder().source(DirectorySource.at(dir));
  }

  private List<SourceStatus> polled(ReconcilerBuilder builder) throws Exception {
    try (Reconciler reconciler = builder.build()) {
      reconciler.cycle();
      return reconciler.status().sources();
    }
  }

  private static void assertAdopted(List<SourceStatus> sources) {
    assertThat(sources.get(0).lastError()).isEmpty();
    assertThat(sources.get(0).revision()).isPresent();
  }

  @Test
  void findsKindsWhateverTheContextClassLoaderIs() throws Exception {
    assertAdopted(with(null, () -> polled(builder())));
    assertAdopted(with(ClassLoader.getPlatformClassLoader(), () -> polled(builder())));
    try (URLClassLoader pool = new URLClassLoader(new URL[0], null)) {
      assertAdopted(with(pool, () -> polled(builder())));
    }
  }

  /** Both class loaders list the same kinds here, since one is the parent of the other. */
  @Test
  void takesAKindOnceThatBothClassLoadersList() throws Exception {
    URL again = jar("again.jar", ShellKind.class.getName());
    try (URLClassLoader child =
        new URLClassLoader(new URL[] {again}, getClass().getClassLoader())) {
      assertAdopted(with(child, () -> polled(builder().kind(new ShellKind()))));
    }
  }

  /** A container that loads an application's classes before its own. */
  @Test
  void takesACopyOfAKindForTheKind() throws Exception {
    URL own = ShellKind.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader child = new ChildFirst(own, ShellKind.class.getPackageName())) {
      assertThat(child.loadClass(ShellKind.class.getName())).isNotSameAs(ShellKind.class);
      assertAdopted(with(child, () -> polled(builder())));
    }
  }

  @Test
  void ignoresTheKindsOfAnotherFluke() throws Exception {
    URL services = jar("other.jar", ShellKind.class.getName());
    URL core = ExecutorKind.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader other = new ChildFirst(core, "dev.fluke", services)) {
      assertAdopted(with(other, () -> polled(builder())));
    }
  }

  @Test
  void namesEveryKindThatCanNotBeLoaded() throws Exception {
    String other = Manifest.class.getName();
    URL broken = jar("broken.jar", "Nowhere", "Torn", other, "Gone");
    try (URLClassLoader child =
        new URLClassLoader(new URL[] {broken}, getClass().getClassLoader())) {
      assertThatThrownBy(() -> with(child, builder()::build))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll(
              "Provider Nowhere not", "Torn: ", other + " not a", "Provider Gone not");
    }
  }

  @Test
  void refusesASourceOfYamlWithoutAnyKind() throws Exception {
    try (URLClassLoader none = new URLClassLoader(new URL[0], null)) {
      assertThatThrownBy(builder().kindsOf(none)::build)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "reconciler: the source %s reads YAML, and no kind of step is known: the class loader"
                  + " of kindsOf(..) finds none; add the module dev.fluke:fluke-executors, or call"
                  + " kind(..) or kindsOf(..)",
              dir);
      assertAdopted(polled(builder().kindsOf(none).kind(new ShellKind())));
      assertAdopted(
          polled(Reconciler.builder().manifest(Manifest.of(Pair.task("a"))).kindsOf(none)));
    }
  }

  private URL jar(String name, String... kinds) throws IOException {
    Path jar = dir.resolve(name);
    try (JarOutputStream entries = new JarOutputStream(Files.newOutputStream(jar))) {
      entries.putNextEntry(new JarEntry("META-INF/services/" + ExecutorKind.class.getName()));
      entries.write(String.join("\n", kinds).getBytes(UTF_8));
      entries.putNextEntry(new JarEntry("Torn.class"));
      entries.write("no class".getBytes(UTF_8));
    }
    return jar.toUri().toURL();
  }

  /** Loads the classes of these packages itself. */
  private static final class ChildFirst extends URLClassLoader {
    private final String prefix;

    ChildFirst(URL own, String prefix, URL... more) {
      super(with(own, more), ReconcilerPartsTest.class.getClassLoader());
      this.prefix = prefix;
    }

    private static URL[] with(URL own, URL... more) {
      URL[] all = Arrays.copyOf(more, more.length + 1);
      all[more.length] = own;
      return all;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(prefix)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
