package dev.fluke.examples.secrets;

import static dev.fluke.agent.Selector.everyAgent;
import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.command.CommandResult;
import dev.fluke.command.Secret;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.Task;
import dev.fluke.shell.Shell;
import dev.fluke.testkit.FlukeKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvFileTest {
  @TempDir Path dir;

  private static final Task TASK =
      Task.named("app")
          .on(everyAgent())
          .step("s", Shell.check("check").command("fix").env("TOKEN", Secret.named("api-token")))
          .build();

  @Test
  void suppliesTheValueThatTheFileHasNow() throws Exception {
    Path file = Files.writeString(dir.resolve("secrets"), "# comment\napi-token=canary=one\n");
    List<String> sent = new ArrayList<>();
    try (FlukeKit kit =
        FlukeKit.create().configure(builder -> builder.secrets(new EnvFile(file)))) {
      kit.agent("web-01", Map.of())
          .answer("check", 1)
          .answer(
              "fix",
              command -> {
                sent.add(command.revealEnv().get("TOKEN"));
                return CommandResult.exited(3);
              });
      assertThat(kit.cycle(TASK).task("app").on("web-01").reason()).contains("exit status 3");

      Files.writeString(file, "api-token=canary=two\n");
      assertThat(kit.cycle().task("app").on("web-01").cause()).contains(DriftCause.DESIRED_CHANGED);
    }
    assertThat(sent).containsExactly("canary=one", "canary=two");
    assertThat(new EnvFile(file).names()).containsExactly("api-token");
  }
}
