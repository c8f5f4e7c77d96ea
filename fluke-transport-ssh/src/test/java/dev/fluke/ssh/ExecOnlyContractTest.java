package dev.fluke.ssh;

import dev.fluke.testkit.TransportContract;
import dev.fluke.transport.Transport;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A host that runs commands and gives no shell keeps what every transport owes. */
@Tag("rule-2")
@Tag("rule-16")
class ExecOnlyContractTest extends TransportContract {
  @TempDir static Path dir;
  private static SshServer server;

  @BeforeAll
  static void start() throws Exception {
    server = SshServer.start(dir);
    server.force(
        "[ \"$SSH_ORIGINAL_COMMAND\" = /bin/sh ] && { echo 'no shells here'; exit 1; }\n"
            + "exec /bin/sh -c \"$SSH_ORIGINAL_COMMAND\"");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected Transport transport() {
    return server.ssh();
  }
}
