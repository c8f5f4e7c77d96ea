package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import com.jcraft.jsch.Logger;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class JschLogListenerTest {
  private final AtomicInteger cuts = new AtomicInteger();
  private final JschLogListener log = new JschLogListener(cuts::incrementAndGet);

  private void says(String message) {
    log.log(Logger.INFO, message);
  }

  @Test
  void ignoresAllOtherMessages() {
    says("Connection established");
    says("an exception during authentication\ncom.jcraft.jsch.JSchException: Auth fail");
    says("ChannelForwardedTCPIP: registered.");

    assertThat(log.brokeDuringLogin()).isFalse();
    assertThat(log.isClosing()).isFalse();
    assertThat(cuts).hasValue(0);
  }

  @Test
  void noticesThatTheSocketBrokeDuringTheLogin() {
    says("an exception during authentication\njava.net.SocketException: Connection reset");

    assertThat(log.brokeDuringLogin()).isTrue();
    assertThat(log.isClosing()).isFalse();
  }

  @Test
  void noticesThatTheConnectionIsClosing() {
    says("Disconnecting from 127.0.0.1 port 22");

    assertThat(log.isClosing()).isTrue();
    assertThat(log.brokeDuringLogin()).isFalse();
  }

  @Test
  void cutsTheConnectionOfAHostThatOpensAChannel() {
    says("ChannelForwardedTCPIP: 127.0.0.1:80 is not registered.");

    assertThat(cuts).hasValue(1);
  }

  @Test
  void listensFromTheLevelOfInformationOn() {
    assertThat(log.isEnabled(Logger.DEBUG)).isFalse();
    assertThat(log.isEnabled(Logger.INFO)).isTrue();
    assertThat(log.isEnabled(Logger.FATAL)).isTrue();
  }
}
