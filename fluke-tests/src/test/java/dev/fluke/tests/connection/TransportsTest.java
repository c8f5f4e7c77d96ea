package dev.fluke.tests.connection;

import dev.fluke.testkit.TransportContract;
import dev.fluke.transport.Local;
import dev.fluke.transport.Transport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The transports that Fluke brings keep what every transport owes. */
@Tag("rule-2")
@Tag("rule-4")
@Tag("rule-5")
@Tag("rule-6")
@Tag("rule-7")
@Tag("rule-16")
@Tag("T13")
class TransportsTest {

  @Nested
  class ThisMachine extends TransportContract {
    @Override
    protected Transport transport() {
      return Local.machine();
    }
  }

  @Nested
  class ThroughDash extends TransportContract {
    @Override
    protected Transport transport() {
      return Transport.throughShell("dash");
    }
  }

  @Nested
  class ThroughBash extends TransportContract {
    @Override
    protected Transport transport() {
      return Transport.throughShell("bash");
    }
  }

  @Nested
  class ThroughBusyBox extends TransportContract {
    @Override
    protected Transport transport() {
      return Transport.throughShell("busybox", "sh");
    }
  }
}
