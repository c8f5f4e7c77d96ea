package dev.fluke.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class SshWireTest {

  @Test
  void readsWhatItAppended() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SshWire.append(out, new byte[] {'a', 'b'});
    SshWire.append(out, new byte[] {0, -1});
    SshWire.append(out, new byte[0]);
    SshWire wire = new SshWire(out.toByteArray());

    assertThat(wire.text()).isEqualTo("ab");
    assertThat(wire.integer()).isEqualTo(BigInteger.valueOf(255));
    assertThat(wire.integer()).isEqualTo(BigInteger.ZERO);
    wire.end();
  }

  @Test
  void refusesWhatIsCutOffOrGoesOn() {
    assertThatThrownBy(() -> new SshWire(new byte[3]).number()).hasMessage("is cut off");
    assertThatThrownBy(() -> new SshWire(new byte[] {0, 0, 0, 2, 1}).string())
        .hasMessage("is cut off");
    assertThatThrownBy(() -> new SshWire(new byte[] {-1, -1, -1, -1, 1}).string())
        .hasMessage("is cut off");
    assertThatThrownBy(() -> new SshWire(new byte[] {0, 0, 0, 1, -1}).integer())
        .hasMessage("has a negative number");
    assertThatThrownBy(() -> new SshWire(new byte[2]).end())
        .hasMessage("has 2 bytes after its end");
    assertThatThrownBy(() -> new SshWire(new byte[] {'S'}).magic("X"))
        .hasMessage("does not begin with X");
  }
}
