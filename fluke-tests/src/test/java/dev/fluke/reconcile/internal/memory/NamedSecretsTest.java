package dev.fluke.reconcile.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fluke.command.Mask;
import dev.fluke.command.Secret;
import dev.fluke.command.SecretSource;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.reconcile.internal.config.LoopThread;
import dev.fluke.shell.ShellKind;
import dev.fluke.testkit.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The secret source is code of the user: it may throw, return null, or hang. */
@Tag("Z02")
class NamedSecretsTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final Mask mask = new Mask();
  private final AtomicInteger calls = new AtomicInteger();

  @AfterEach
  void close() {
    time.close();
  }

  private NamedSecrets from(SecretSource... sources) {
    return new NamedSecrets(List.of(sources), time, new LoopThread(), mask);
  }

  private SuppliedSecrets supplied(SecretSource source) {
    return from(source).supplied(Set.of("api"));
  }

  private static Manifest naming(String secret) throws Exception {
    String yaml =
        """
        tasks:
          t:
            selector: { all: true }
            steps: [ { shell: s, check: a, command: b, env: { TOKEN: { secret: %s } } } ]
        """
            .formatted(secret);
    return ManifestReader.of(new ShellKind())
        .read(Map.of("a.fluke.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void asksOncePerWalkAndMasksWhatItGets() {
    SuppliedSecrets walk =
        supplied(name -> Optional.of(Secret.of("canary-" + calls.incrementAndGet())));

    assertThat(walk.of("api").reveal()).isEqualTo("canary-1");
    assertThat(walk.of("api").reveal()).isEqualTo("canary-1");
    assertThat(walk.problem(Set.of("api"))).isEmpty();
    assertThat(mask.hide("canary-1")).isEqualTo("***");
    assertThat(walk.of("other").reveal()).as("asked for when needed").isEqualTo("canary-2");
  }

  @Test
  void takesTheFirstSourceThatHasIt() {
    NamedSecrets secrets =
        from(
            name -> Optional.empty(),
            name -> Optional.of(Secret.from(() -> "canary-second")),
            name -> Optional.of(Secret.of("canary-third")));

    assertThat(secrets.supplied(Set.of("api")).of("api").reveal()).isEqualTo("canary-second");
  }

  @Test
  void saysWithoutAnyMessageOfItsWhyThereIsNone() {
    assertThat(supplied(name -> Optional.empty()).problem(Set.of("api")))
        .isEqualTo("nobody supplies the secret 'api'");
    assertThat(supplied(name -> null).problem(Set.of("api")))
        .isEqualTo("secret 'api': its source returned null");
    assertThat(
            supplied(name -> fails(new IllegalStateException("no canary"))).problem(Set.of("api")))
        .isEqualTo("secret 'api': its source failed: IllegalStateException");
    assertThat(supplied(name -> fails(new NoClassDefFoundError("canary"))).problem(Set.of("api")))
        .isEqualTo("secret 'api': its source failed: NoClassDefFoundError");
    assertThat(supplied(name -> Optional.of(Secret.of("five5"))).problem(Set.of("api")))
        .isEqualTo(
            "the secret for the name 'api' has 5 characters; Fluke can hide a secret of 6 or more, so use a longer one");
    assertThatThrownBy(() -> supplied(name -> Optional.empty()).of("api"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("nobody supplies the secret 'api'");
    assertThat(from().supplied(Set.of("api")).problem(Set.of("api")))
        .isEqualTo("nobody supplies the secret 'api'");
  }

  private static Optional<Secret> fails(Throwable t) {
    if (t instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) t;
  }

  @Test
  void waitsTenSecondsForACallThatHangsAndBeginsNoOther() {
    CompletableFuture<Void> vault = new CompletableFuture<>();
    NamedSecrets secrets =
        from(
            name -> {
              calls.incrementAndGet();
              time.awaitUninterruptibly(vault, Duration.ofDays(1));
              return Optional.of(Secret.of("canary-late"));
            });
    long before = time.nanoTime();

    assertThat(secrets.supplied(Set.of("api")).problem(Set.of("api")))
        .isEqualTo("secret 'api': the secret source did not answer within 10 s");
    assertThat(Duration.ofNanos(time.nanoTime() - before)).hasSeconds(10);
    assertThat(secrets.supplied(Set.of("api")).problem(Set.of("api")))
        .isEqualTo("secret 'api': a call of the secret source does not return");
    assertThat(calls).hasValue(1);

    vault.complete(null);
    time.runUntilIdle();
    assertThat(secrets.supplied(Set.of("api")).of("api").reveal()).isEqualTo("canary-late");
  }

  @Test
  void asksOnAThreadOfItsOwnThatIsInsideOfTheLoop() {
    LoopThread thread = new LoopThread();
    AtomicReference<Boolean> inside = new AtomicReference<>();
    Thread mine = Thread.currentThread();
    SecretSource source =
        name -> {
          inside.set(thread.isCurrent() && Thread.currentThread() != mine);
          return Optional.empty();
        };
    var unused = new NamedSecrets(List.of(source), time, thread, mask).supplied(Set.of("api"));

    assertThat(inside).hasValue(true);
  }

  @Test
  void namesThePlaceOfASecretThatNobodyHas() throws Exception {
    SecretSource listed = SecretSource.environment("APP_", Map.of("APP_API_TOKEN", "canary-token"));

    assertThat(from(listed).missing(naming("api-token"))).isEmpty();
    assertThat(from(listed).missing(naming("api-tokn")))
        .containsExactly(
            "a.fluke.yaml:4:72: task 't': step 's': 'env': 'TOKEN': nobody supplies the secret 'api-tokn'; did you mean 'api-token'?");
    assertThat(from(name -> Optional.empty()).missing(naming("x")))
        .singleElement()
        .asString()
        .endsWith("nobody supplies the secret 'x'");
    assertThat(from().missing(naming("x")))
        .singleElement()
        .asString()
        .endsWith(
            "nobody supplies the secret 'x'; name a source with secrets(..), or with 'secrets' in a config");
  }

  @Test
  void takesNoSecretForMissingWhileTheSourceCanNotTell() throws Exception {
    CompletableFuture<Void> never = new CompletableFuture<>();

    assertThat(from(name -> fails(new IllegalStateException("shut"))).missing(naming("x")))
        .isEmpty();
    assertThat(
            from(name -> {
                  time.await(never, Duration.ofDays(1));
                  return Optional.empty();
                })
                .missing(naming("x")))
        .isEmpty();
  }
}
