package dev.fluke.command;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

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
import dev.fluke.shell.Shell;
import dev.fluke.source.git.GitSource;
import dev.fluke.ssh.Ssh;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
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
        Arguments.of("CommandResult", CommandResult.exited(0).hiding(mask)),
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
        Arguments.of("Manifest", Manifest.of(task)));
  }

  private static void assertHidden(String written) {
    String base64 = Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.UTF_8));
    assertThat(written).doesNotContain("canary", base64.substring(0, 16));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("holders")
  void findNoneWithJackson(String name, Object holder) {
    String written;
    try {
      written = FIELDS.writeValueAsString(holder);
    } catch (IOException e) {
      written = String.valueOf(e.getMessage());
    }
    assertHidden(written);
    assertHidden(String.valueOf(holder));
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

  @Test
  void refuseASecretInJavasOwnSerialization() throws Exception {
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      Throwable thrown = null;
      try {
        out.writeObject(SECRET);
      } catch (NotSerializableException e) {
        thrown = e;
      }
      assertThat(thrown).isNotNull();
    }
  }

  @Test
  void wouldFindASecretThatIsAPlainField() throws Exception {
    record Leaky(String token) {}

    assertThat(FIELDS.writeValueAsString(new Leaky(CANARY))).contains(CANARY);
  }
}
