package dev.fluke.ssh;

import com.jcraft.jsch.AgentIdentityRepository;
import com.jcraft.jsch.AgentProxyException;
import com.jcraft.jsch.Identity;
import com.jcraft.jsch.IdentityRepository;
import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.SSHAgentConnector;
import dev.fluke.files.internal.ThisUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Vector;
import org.jspecify.annotations.Nullable;

/**
 * The keys that a login tries: those of the SSH agent, and after them our own. Our keys are never
 * added to the agent: JSch would do that, and they would stay there.
 */
@SuppressWarnings("JdkObsolete") // JSch asks for a Vector
final class SshIdentities implements IdentityRepository {
  private static final List<String> USUAL_KEYS = List.of("id_ed25519", "id_ecdsa", "id_rsa");

  private final IdentityRepository own;
  private final IdentityRepository agent;

  SshIdentities(IdentityRepository own, IdentityRepository agent) {
    this.own = own;
    this.agent = agent;
  }

  /**
   * The keys that were named, or the agent's and the usual ones.
   *
   * @param agentSocket where the SSH agent listens; null or empty if there is none
   * @throws JSchException if a key can't be read, or the agent was named and can't be reached
   */
  static IdentityRepository of(SshOptions.Login login, @Nullable String agentSocket)
      throws JSchException {
    JSch own = new JSch();
    for (SshKey key : login.namesCredentials() ? login.keys() : usualKeys()) {
      key.addTo(own);
    }
    IdentityRepository keys = own.getIdentityRepository();
    if (!login.agent() && login.namesCredentials()) {
      return keys;
    }
    Optional<IdentityRepository> agent = agent(agentSocket);
    if (agent.isEmpty() && login.agent()) {
      throw new JSchException("no SSH agent: SSH_AUTH_SOCK is not set");
    }
    return agent.<IdentityRepository>map(one -> new SshIdentities(keys, one)).orElse(keys);
  }

  private static Optional<IdentityRepository> agent(@Nullable String socket) throws JSchException {
    if (socket == null || socket.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AgentIdentityRepository(new SSHAgentConnector(Path.of(socket))));
    } catch (AgentProxyException e) {
      throw new JSchException("SSH agent at %s: %s".formatted(socket, e.getMessage()));
    }
  }

  private static List<SshKey> usualKeys() {
    Optional<Path> home = ThisUser.home();
    return USUAL_KEYS.stream()
        .flatMap(name -> home.map(path -> path.resolve(".ssh").resolve(name)).stream())
        .filter(Files::isReadable)
        .map(file -> SshKey.inFile(file, Optional.empty()))
        .toList();
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
