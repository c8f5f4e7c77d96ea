package dev.fluke.examples.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;

@Tag("R22")
class LogSinkTest {

  @Tag("Z05")
  @Test
  void logsOneLineForEachAlert() {
    Lines log = new Lines();
    SinkScenario.run(LogSink.to(log), "hi\nERROR forged {}\u001b[2J");

    assertThat(log.lines)
        .satisfiesExactly(
            open ->
                assertThat(open)
                    .startsWith("WARN drift detected: motd on web-01 (drift policy is alert_only; ")
                    .contains("forged {}")
                    .matches(".* \\[incident [0-9a-f]{32} is open]"),
            closed ->
                assertThat(closed)
                    .matches(
                        "INFO drift resolved: motd on web-01 \\[incident [0-9a-f]{32} is closed]"));
    assertThat(String.join("", log.lines)).doesNotContain("\n", "\u001b");
  }

  /** A logger that keeps its lines. */
  private static final class Lines extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;

    private final transient List<String> lines = new ArrayList<>();

    @Override
    protected void handleNormalizedLoggingCall(
        Level level, Marker marker, String pattern, Object[] arguments, Throwable throwable) {
      lines.add(
          level + " " + org.slf4j.helpers.MessageFormatter.basicArrayFormat(pattern, arguments));
    }

    @Override
    protected String getFullyQualifiedCallerName() {
      return "";
    }

    @Override
    public boolean isTraceEnabled() {
      return true;
    }

    @Override
    public boolean isDebugEnabled() {
      return true;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
    }
  }
}
