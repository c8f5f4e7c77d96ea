package dev.fluke.command;

import static dev.fluke.agent.Selector.everyAgent;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.google.gson.Gson;
import dev.fluke.agent.Agent;
import dev.fluke.alert.Webhook;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.executor.SecretOrText;
import dev.fluke.file.ManagedFile;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.Task;
import dev.fluke.mise.Mise;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.reconcile.ReconcilerBuilder;
import dev.fluke.request.Scope;
import dev.fluke.shell.Shell;
import dev.fluke.source.PushWebhook;
import dev.fluke.source.git.GitSource;
import dev.fluke.ssh.Ssh;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Serializers that read private fields find no secret in what an application holds. */
@Tag("Z02")
class SerializersTest {
  private static final String CANARY = "canary-4711-9f";
  private static final Secret SECRET = Secret.of(CANARY);
  private static final ObjectMapper FIELDS =
      new ObjectMapper()
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .setVisibility(PropertyAccessor.FIELD, Visibility.ANY);

  private record WithSecret(String file, Secret content) implements Executor {
    @Override
    public CheckResult check(Host host) {
      return CheckResult.inSync();
    }

    @Override
    public void apply(Host host) {}
  }

  static Stream<Arguments> holders() {
    Mask mask = new Mask();
    mask.learn(SECRET);
    Task task = Task.named("t").on(everyAgent()).step("s", new WithSecret("f", SECRET)).build();
    Ssh ssh = Ssh.to("h").user("u").password(SECRET).key(SECRET).key(Path.of("k"), SECRET);
    return Stream.of(
        Arguments.of("Secret", SECRET),
        Arguments.of("Secret.from", Secret.from(() -> CANARY)),
        Arguments.of("Mask", mask),
        Arguments.of(
            "CommandResult",
            CommandResult.exited(0).withStdout(CANARY).withStderr(CANARY).hiding(mask)),
        Arguments.of("Command", Command.of("x").env("P", SECRET).stdin(SECRET)),
        Arguments.of("SecretOrText", SecretOrText.of(SECRET)),
        Arguments.of("SecretSource", SecretSource.environment("P_", Map.of("P_X", CANARY))),
        Arguments.of("Ssh", ssh),
        Arguments.of("Agent", Agent.named("a", ssh)),
        Arguments.of(
            "Webhook",
            Webhook.to("https://h.example.com/" + CANARY).signedWith(SECRET).header("x-a", SECRET)),
        Arguments.of("GitSource", GitSource.at("https://git.example.com/x.git").token(SECRET)),
        Arguments.of(
            "GitSource with URL", GitSource.at("https://u:" + CANARY + "@g.example.com/x")),
        Arguments.of("Shell", Shell.check("a").command("b").env("P", SECRET)),
        Arguments.of("Mise", Mise.in("/opt/app").env("P", SECRET)),
        Arguments.of("ManagedFile", ManagedFile.at("/f").content(SECRET)),
        Arguments.of("secret ManagedFile", ManagedFile.at("/f").content(CANARY).secret()),
        Arguments.of("Task", task),
        Arguments.of("Manifest", Manifest.of(task)),
        Arguments.of(
            "PushWebhook",
            PushWebhook.signedWith(SECRET, () -> {})
                .forRepository("https://u:" + CANARY + "@g/x")));
  }

  /** A check finds the secret, an apply prints it, and all of that is seen by somebody. */
  @Test
  void findNoneInWhatALoopHoldsAndGives() throws Exception {
    Webhook webhook = Webhook.to("https://h.example.com/" + CANARY).signedWith(SECRET);
    ReconcilerBuilder[] builders = {null};
    try (FlukeKit kit = FlukeKit.create()) {
      FakeHost web = kit.agent("web-01", Map.of());
      web.answer("check", CommandResult.exited(1).withStdout("is " + CANARY));
      web.answer("apply", CommandResult.exited(3).withStderr("no " + CANARY));
      kit.secret("named", CANARY + "-named")
          .configure(
              builder -> {
                builders[0] = builder.alerts(webhook);
                return builders[0];
              })
          .manifest(
              Task.named("t")
                  .on(everyAgent())
                  .step("s", Shell.check("check").command("apply").env("P", SECRET))
                  .build(),
              Task.named("n")
                  .on(everyAgent())
                  .step("s", Shell.check("check").command("apply").env("P", Secret.named("named")))
                  .build());
      List<Object> held = new ArrayList<>(List.of(kit.cycle(), kit.cycle()));
      kit.start().runFor(Duration.ofMinutes(10));
      Reconciler reconciler = kit.reconciler();
      held.addAll(List.of(reconciler, reconciler.plan(Scope.all()), reconciler.status()));
      held.add(builders[0]);
      held.addAll(kit.events());
      held.addAll(kit.alerts());
      for (Object each : held) {
        assertThat(FieldWalk.find("canary", each)).as(each.getClass().getName()).isEmpty();
        assertHidden(written(FIELDS, each));
        assertHidden(String.valueOf(each));
      }
      assertThat(kit.alerts()).isNotEmpty();
    }
  }

  private static void assertHidden(String written) {
    String base64 = Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
    assertThat(written).doesNotContain("canary", base64.substring(0, 16));
  }

  /** What was written before it failed, if it did, and why. */
  private static String written(ObjectMapper mapper, Object holder) {
    StringWriter written = new StringWriter();
    try {
      mapper.writeValue(written, holder);
    } catch (IOException | StackOverflowError e) {
      written.append(String.valueOf(e.getMessage()));
    }
    return written.toString();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holders")
  void findNoneWithJackson(String name, Object holder) throws Exception {
    assertHidden(written(FIELDS, holder));
    assertHidden(String.valueOf(holder));
    assertThat(FieldWalk.find("canary", holder)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holders")
  void findNoneWithGson(String name, Object holder) {
    String written;
    try {
      written = new Gson().toJson(holder);
    } catch (RuntimeException e) {
      written = String.valueOf(e);
    }
    assertHidden(written);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holders")
  void findNoneWithJavasOwnSerialization(String name, Object holder) {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    assertThatThrownBy(
            () -> {
              try (ObjectOutputStream out = new ObjectOutputStream(written)) {
                out.writeObject(holder);
              }
            })
        .isInstanceOf(NotSerializableException.class);
    assertHidden(written.toString(UTF_8));
  }

  @Test
  void wouldFindASecretThatIsAPlainField() throws Exception {
    record Leaky(String token) {}

    assertThat(FIELDS.writeValueAsString(new Leaky(CANARY))).contains(CANARY);
    assertThat(FieldWalk.find("canary", new Leaky(CANARY))).containsExactly("Leaky.token");
    Supplier<String> captured = CANARY::trim;
    assertThat(FieldWalk.find("canary", captured)).hasSize(1);
    assertThat(FieldWalk.find("canary", Map.of("k", List.of(CANARY.getBytes(UTF_8))))).hasSize(1);
  }
}
