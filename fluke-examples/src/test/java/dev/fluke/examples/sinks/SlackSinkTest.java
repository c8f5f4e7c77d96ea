package dev.fluke.examples.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fluke.report.FleetStatus.SinkStatus;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R22")
class SlackSinkTest {

  @Tag("Z05")
  @Test
  void postsOneLineWithTheCommandAndMentionsNobody() throws Exception {
    try (Loopback slack = Loopback.answering(200)) {
      SinkStatus status =
          SinkScenario.run(SlackSink.to(slack.url("/services/T0/B0/x")), "<!channel> & co");

      assertThat(slack.posted())
          .extracting(Loopback.Posted::path)
          .containsExactly("/services/T0/B0/x", "/services/T0/B0/x");
      assertThat(slack.posted())
          .extracting(post -> post.body().path("text").asText())
          .containsExactly(
              ":warning: drift detected: motd on web-01 (drift policy is alert_only; step 'text': "
                  + "text should be 'hello', is '&lt;!channel&gt; &amp; co')"
                  + "\nto apply it: `fluke reconcile task motd on web-01`",
              ":white_check_mark: drift resolved: motd on web-01");
      assertThat(status.name()).isEqualTo("SlackSink");
      assertThat(status.delivered()).isEqualTo(2);
    }
  }

  @Test
  void keepsARefusedAlertWithoutShowingItsPath() throws Exception {
    try (Loopback slack = Loopback.answering(404)) {
      SinkStatus status = SinkScenario.run(SlackSink.to(slack.url("/services/T0/B0/x")), "hi");

      assertThat(status.lastError()).isEqualTo("the receiver answered 404");
      assertThat(status.toString()).doesNotContain("B0");
    }
  }
}
