package dev.fluke.reconcile.internal.connection;

import dev.fluke.agent.Agent;
import dev.fluke.reconcile.internal.config.LoopSettings;
import dev.fluke.testkit.FakeHost;
import dev.fluke.testkit.VirtualTime;

/** A host in virtual time, and the access of one cycle to it. */
public final class Bench implements AutoCloseable {
  public final VirtualTime time = VirtualTime.seeded(1);
  public final FakeHost web = FakeHost.named("web-01");
  public final Agent agent = Agent.named("web-01", web).label("role", "web");
  public final AgentConnection connection =
      new AgentConnection(
          agent, time, new ConnectionPool(time, LoopSettings.defaults().atOnce().connections()));
  public final AddressAccess address = new AddressAccess(time, () -> {}, call -> () -> {});
  final SetPermission permission = new SetPermission();
  public final HostAccess access = access(permission);

  /** An access to the same host, which goes on while this permits it. */
  public HostAccess access(HostAccess.Permission permission) {
    return address.open(agent, connection, permission, true);
  }

  @Override
  public void close() {
    connection.close();
    time.close();
  }
}
