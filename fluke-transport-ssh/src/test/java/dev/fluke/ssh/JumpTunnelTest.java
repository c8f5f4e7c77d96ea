package dev.fluke.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import dev.fluke.testkit.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

class JumpTunnelTest {
  private final VirtualTime time = VirtualTime.seeded(1);
  private final Session jump = mock(Session.class);
  private final ChannelDirectTCPIP channel = mock(ChannelDirectTCPIP.class);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JumpTunnel tunnel =
      new JumpTunnel(jump, new KeepAlive(time, Duration.ofSeconds(15), 3));

  @BeforeEach
  void open() throws Exception {
    when(jump.openChannel("direct-tcpip")).thenReturn(channel);
    when(channel.getInputStream()).thenReturn(new ByteArrayInputStream(new byte[] {7}));
    when(channel.getOutputStream()).thenReturn(out);
  }

  @AfterEach
  void close() {
    time.close();
  }

  @Test
  void connectsToTheHostBehindTheJumpHost() throws Exception {
    tunnel.connect(null, "10.0.0.9", 2222, 1);

    InOrder order = inOrder(channel);
    order.verify(channel).setHost("10.0.0.9");
    order.verify(channel).setPort(2222);
    order.verify(channel).getInputStream(); // before connecting, or the first bytes are lost
    order.verify(channel).connect(0);
    assertThat(tunnel.getInputStream().read()).isEqualTo(7);
    assertThat(tunnel.getOutputStream()).isSameAs(out);
    assertThat(tunnel.getSocket()).isNull();
  }

  @Test
  void closesTheChannelAlsoOfAFailedConnection() throws Exception {
    doThrow(new JSchException("channel is not opened.")).when(channel).connect(anyInt());
    assertThatThrownBy(() -> tunnel.connect(null, "10.0.0.9", 22, 1))
        .hasMessage("channel is not opened.");

    tunnel.close();

    verify(channel).disconnect();
  }

  @Test
  void closesWithoutEverHavingBeenConnected() {
    tunnel.close();

    assertThat(tunnel.getInputStream()).isNull();
    assertThat(tunnel.getOutputStream()).isNull();
  }
}
