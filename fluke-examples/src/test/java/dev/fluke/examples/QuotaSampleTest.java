package dev.fluke.examples;

import static dev.fluke.agent.Selector.everyAgent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.agent.Agent;
import dev.fluke.command.Digestible;
import dev.fluke.executor.CheckResult;
import dev.fluke.executor.Executor;
import dev.fluke.executor.Host;
import dev.fluke.manifest.DriftCause;
import dev.fluke.manifest.Task;
import dev.fluke.testkit.FlukeKit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sample of an executor that says what it consists of. */
class QuotaSampleTest {

  /** A client of some storage. */
  static final class Client {
    private final Map<String, Integer> quotas = new HashMap<>();

    int quota(String user) {
      return quotas.getOrDefault(user, 0);
    }

    void limit(String user, int files) {
      quotas.put(user, files);
    }
  }

  // tag::quota
  /** At most {@code files} files of {@code user} in the storage that {@code client} reaches. */
  static final class Quota implements Executor, Digestible {
    private final Client client;
    private final String user;
    private final int files;

    Quota(Client client, String user, int files) {
      this.client = client;
      this.user = user;
      this.files = files;
    }

    @Override
    public void digestInto(Digest into) {
      into.add(user).add(files); // the client makes no difference
    }

    @Override
    public CheckResult check(Host host) {
      int found = client.quota(user);
      return found == files
          ? CheckResult.inSync()
          : CheckResult.drifted("files", Integer.toString(files), Integer.toString(found));
    }

    @Override
    public void apply(Host host) {
      client.limit(user, files);
    }
  }

  // end::quota

  private static Task task(Client client, int files) {
    return Task.named("quota")
        .on(everyAgent())
        .step("ann", new Quota(client, "ann", files))
        .build();
  }

  @Test
  void declaresTheSameWithAnotherClient() {
    Client storage = new Client();
    try (FlukeKit kit = FlukeKit.create()) {
      kit.agent(Agent.named("storage"));
      kit.cycle(task(storage, 5));
      Client other = new Client(); // which has other quotas

      assertThat(kit.cycle(task(other, 5)).task("quota").on("storage").revision())
          .isEqualTo("code-1");
      assertThat(kit.cycle(task(other, 6)).task("quota").on("storage").cause())
          .contains(DriftCause.DESIRED_CHANGED);
      assertThat(kit.reconciler().status().warnings()).isEmpty();
    }
  }
}
