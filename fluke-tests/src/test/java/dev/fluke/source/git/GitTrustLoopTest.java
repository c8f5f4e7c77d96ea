package dev.fluke.source.git;

import static dev.fluke.testkit.FlukeAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.Event;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.FlukeKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the loop makes of commits that must not be adopted. */
@Tag("rule-25")
class GitTrustLoopTest {
  private final FlukeKit kit = FlukeKit.create();
  private @TempDir Path dir;
  private SignedRepo signed;
  private FakeHost web;

  @BeforeEach
  void create() throws Exception {
    signed = SignedRepo.in(dir);
    signed.key("ann", "ed25519");
    signed.allow("ann");
    web = kit.agent("web-01", Map.of());
    kit.configure(builder -> builder.kind(new PairKind()));
    for (String task : List.of("a", "b", "c")) {
      web.pair("check " + task, "fix " + task).broken();
    }
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private List<Event> broken() {
    return kit.events().stream().filter(event -> event.type().equals("source_broken")).toList();
  }

  private void cycles() {
    for (int i = 0; i < 3; i++) {
      kit.cycle();
    }
  }

  private String enforced() {
    return kit.reconciler().status().source().revision().orElse("none");
  }

  @Test
  void enforcesTheLastSignedCommitAndReportsEachOtherOnce() {
    kit.configure(builder -> builder).source(signed.source());
    String good = signed.push("ann", "One", Map.of("a.fluke.yaml", PairKind.file("a")));
    cycles();
    String second = signed.repo.push("Two", Map.of("a.fluke.yaml", PairKind.file("b")));
    cycles();
    String third = signed.repo.push("Three", Map.of("a.fluke.yaml", PairKind.file("c")));
    cycles();

    assertThat(enforced()).isEqualTo(good);
    assertThat(web).ran("fix a").once();
    assertThat(web).ran("fix b").never();
    assertThat(web).ran("fix c").never();
    assertThat(broken())
        .satisfiesExactly(
            event -> assertThat(event.toJson()).contains(second, "the commit is not signed"),
            event -> assertThat(event.toJson()).contains(third, "the commit is not signed"));
    assertThat(kit.reconciler().status().source().errors())
        .containsExactly(
            "the commit is not signed; sign it with one of the keys in " + signed.signers);

    String fixed = signed.push("ann", "Four", Map.of());
    cycles();
    assertThat(enforced()).isEqualTo(fixed);
    assertThat(kit.reconciler().status().source().lastError()).isEmpty();
    assertThat(broken()).hasSize(2);
  }

  @Test
  void enforcesNothingBeforeTheFirstSignedCommit() {
    kit.configure(builder -> builder).source(signed.source());
    signed.repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    cycles();

    assertThat(enforced()).isEqualTo("none");
    assertThat(web.asked()).isEmpty();
    assertThat(broken()).hasSize(1);
  }

  @Test
  void enforcesTheRefusedCommitOnceTheFileIsDeleted() throws Exception {
    Path mirror = dir.resolve("mirror");
    kit.configure(builder -> builder)
        .source(GitSource.at(signed.repo.url()).fastForwardOnly().mirror(mirror));
    String first = signed.repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    signed.repo.push("Two", Map.of("a.fluke.yaml", PairKind.file("b")));
    cycles();
    signed.publish(first, "refs/heads/main");
    cycles();
    Files.delete(mirror.resolve("last-good"));
    cycles();

    assertThat(enforced()).isEqualTo(first);
    assertThat(broken()).hasSize(1);
    assertThat(kit.reconciler().status().source().errors()).isEmpty();
  }

  @Test
  void refusesARewrittenHistoryUntilTheFileIsDeleted() throws Exception {
    Path mirror = dir.resolve("mirror");
    kit.configure(builder -> builder)
        .source(GitSource.at(signed.repo.url()).fastForwardOnly().mirror(mirror));
    String first = signed.repo.push("One", Map.of("a.fluke.yaml", PairKind.file("a")));
    String second = signed.repo.push("Two", Map.of("a.fluke.yaml", PairKind.file("b")));
    cycles();
    signed.publish(first, "refs/heads/main");
    cycles();

    assertThat(enforced()).isEqualTo(second);
    assertThat(web).ran("fix a").never();
    assertThat(broken()).hasSize(1);
    assertThat(kit.reconciler().status().source().errors())
        .containsExactly(
            "the commit does not follow "
                + second
                + ", the last one that was read; push one that does, or delete "
                + mirror.resolve("last-good")
                + " to accept this history");
    signed.repo.git("checkout", "-q", first);
    String other = signed.repo.commit("Three", Map.of("a.fluke.yaml", PairKind.file("c")));
    Files.delete(mirror.resolve("last-good"));
    signed.publish(other, "refs/heads/main");
    cycles();
    assertThat(enforced()).isEqualTo(other);
  }
}
