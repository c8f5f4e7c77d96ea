package dev.fluke.ssh;

import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import java.util.Vector;

/** The keys of an agent, and after them our own; nothing is ever added to the agent. */
@SuppressWarnings("JdkObsolete") // JSch asks for a Vector
final class SshIdentities implements IdentityRepository {
  private final IdentityRepository own;
  private final IdentityRepository agent;

  private SshIdentities(IdentityRepository own, IdentityRepository agent) {
    this.own = own;
    this.agent = agent;
  }

  static IdentityRepository of(IdentityRepository own, IdentityRepository agent) {
    return new SshIdentities(own, agent);
  }

  @Override
  public Vector<Identity> getIdentities() {
    Vector<Identity> all = new Vector<>(agent.getIdentities());
    all.addAll(own.getIdentities());
    return all;
  }

  @Override
  public String getName() {
    return agent.getName();
  }

  @Override
  public int getStatus() {
    return RUNNING;
  }

  @Override
  public boolean add(byte[] identity) {
    return false;
  }

  @Override
  public boolean remove(byte[] blob) {
    return false;
  }

  @Override
  public void removeAll() {}
}
