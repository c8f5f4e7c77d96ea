package dev.fluke.cli.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.Test;

class LogsTest {
  @Test
  void logsNoWarningThatAStrangerCanCause() {
    LoggerContext context = new LoggerContext();
    new Logs().configure(context);

    assertThat(context.getLogger("org.eclipse.jetty.util.HostPort").isWarnEnabled()).isFalse();
    assertThat(context.getLogger("org.eclipse.jetty.server.Server").isErrorEnabled()).isTrue();
    assertThat(context.getLogger("dev.fluke.cli").isWarnEnabled()).isTrue();
    assertThat(context.getLogger("org.eclipse.jgit").isWarnEnabled()).isTrue();
    assertThat(context.getLogger("org.eclipse.jgit").isInfoEnabled()).isFalse();
  }
}
