package dev.fluke.tests.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.event.Event;
import dev.fluke.manifest.DriftPolicy;
import dev.fluke.manifest.Manifest;
import dev.fluke.manifest.ManifestReader;
import dev.fluke.report.CycleObserver;
import dev.fluke.report.CycleReport;
import dev.fluke.source.ManifestSource;
import dev.fluke.source.Revision;
import dev.fluke.testkit.FlukeKit;
import dev.fluke.tests.support.Later;
import dev.fluke.tests.support.Pair;
import dev.fluke.time.Scheduler;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A reconciler that closes gives what waits to all outlets side by side, whatever one of them does.
 */
@Tag("S09")
@Tag("rule-31")
class OutletsAtCloseTest {
  private final FlukeKit kit = FlukeKit.create();
  private final CompletableFuture<Void> letGo = new CompletableFuture<>();
  private final PrintStream stderr = System.err;
  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

  @BeforeEach
  void readTheLog() {
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void close() {
    System.setErr(stderr);
    letGo.complete(null);
    kit.close();
  }

  private void hang() {
    Later.awaitStubbornly(kit, letGo);
  }

  /** A source of one task, whose feed fails to close. */
  private static ManifestSource failsToClose() {
    Revision only =
        Revision.of("c1", Manifest.of(Pair.builder("a").onDrift(DriftPolicy.ALERT_ONLY).build()));
    return new ManifestSource() {
      @Override
      public Feed open(Scheduler scheduler, ManifestReader reader) {
        return new Feed() {
          @Override
          public News poll() {
            return new News.Good(only);
          }

          @Override
          public void close() {
            throw new StackOverflowError("no end");
          }
        };
      }
    };
  }

  @Test
  void servesTheOthersWhileSomeHangAndOneThrows() {
    List<String> heard = new ArrayList<>();
    List<Long> reported = new ArrayList<>();
    ScriptedStore store = ScriptedStore.of(kit);
    store.does(events -> kit.time().sleep(Duration.ofSeconds(1)));
    kit.source(failsToClose());
    kit.configure(
        builder ->
            builder
                .subscriber(event -> hang())
                .subscriber(
                    event -> {
                      kit.time().sleep(Duration.ofSeconds(1));
                      heard.add(event.type());
                    })
                .alerts(alert -> hang())
                .observer(
                    new CycleObserver() {
                      @Override
                      public void cycleEnded(CycleReport report) {
                        hang();
                      }
                    })
                .observer(
                    new CycleObserver() {
                      @Override
                      public void cycleEnded(CycleReport report) {
                        reported.add(report.cycle());
                      }
                    }));
    kit.agent("web-01", Map.of()).pair("check a", "fix a").broken();
    kit.cycle();
    long before = kit.time().nanoTime();

    kit.reconciler().close();

    assertThat(Duration.ofNanos(kit.time().nanoTime() - before))
        .isBetween(Duration.ofSeconds(5), Duration.ofSeconds(6));
    assertThat(heard).containsExactly("revision_adopted", "drift_detected", "incident_opened");
    assertThat(store.types()).containsExactlyElementsOf(heard);
    assertThat(store.stored()).extracting(Event::sequence).containsExactly(1L, 2L, 3L);
    assertThat(reported).containsExactly(1L);
    assertThat(kit.alerts()).hasSize(1);
    assertThat(logged.toString(StandardCharsets.UTF_8))
        .contains(
            "the sources failed to close: StackOverflowError: no end",
            "closed while subscriber dev.fluke.tests.event.OutletsAtCloseTest$",
            " had 3 values left",
            "closed while observer dev.fluke.tests.event.OutletsAtCloseTest$");
  }
}
