package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.jcraft.jsch.Session;
import dev.fluke.testkit.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  private static final Duration INTERVAL = Duration.ofSeconds(15);

  private final VirtualTime time = VirtualTime.seeded(1);
  private final Session session = mock(Session.class);
  private final AtomicInteger lost = new AtomicInteger();
  private final KeepAlive keepAlive = new KeepAlive(time, INTERVAL, 3);

  @BeforeEach
  void start() {
    keepAlive.start(session, lost::incrementAndGet);
  }

  @AfterEach
  void close() {
    time.close();
  }

  private void asked(int times) throws Exception {
    verify(session, times(times)).sendKeepAliveMsg();
  }

  @Test
  void asksASilentHostThreeTimesBeforeItIsLost() throws Exception {
    time.runFor(Duration.ofSeconds(14));
    asked(0);
    time.runFor(Duration.ofSeconds(32));
    asked(3);
    assertThat(lost).hasValue(0);

    time.runFor(Duration.ofSeconds(15));

    assertThat(lost).hasValue(1);
    time.runFor(Duration.ofHours(1));
    asked(3);
    assertThat(lost).hasValue(1);
  }

  @Test
  void startsAgainWhenTheHostAnswers() throws Exception {
    InputStream in = keepAlive.observed(new ByteArrayInputStream(new byte[] {1, 2, 3}));
    time.runFor(Duration.ofSeconds(50));
    asked(3);
    assertThat(in.read()).isEqualTo(1);

    time.runFor(Duration.ofSeconds(50));

    assertThat(lost).hasValue(0);
    assertThat(in.read(new byte[8], 0, 8)).isEqualTo(2);
    time.runFor(Duration.ofSeconds(50));
    assertThat(lost).hasValue(0);
    time.runFor(Duration.ofMinutes(1));
    assertThat(lost).hasValue(1);
  }

  @Test
  void findsAHostLostThatCannotBeWrittenTo() throws Exception {
    doThrow(new IllegalStateException("session is down")).when(session).sendKeepAliveMsg();

    time.runFor(Duration.ofMinutes(1));

    assertThat(lost).hasValue(1);
  }

  @Test
  void asksNoMoreOnceStopped() throws Exception {
    time.runFor(Duration.ofSeconds(16));
    asked(1);
    keepAlive.stop();

    time.runFor(Duration.ofHours(1));

    asked(1);
    assertThat(lost).hasValue(0);
  }
}
