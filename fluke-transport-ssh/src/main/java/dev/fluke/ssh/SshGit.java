package dev.fluke.ssh;

import com.jcraft.jsch.ChannelExec;
import dev.fluke.source.git.GitTransport;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;

/** Reaches a host with Git repositories. Each poll logs in once and opens one channel. */
final class SshGit implements GitTransport.Route {
  private static final Duration TO_OPEN = Duration.ofSeconds(10);

  private final SshOptions options;

  private SshGit(SshOptions options) {
    this.options = options;
  }

  /**
   * The route to this place.
   *
   * @throws IllegalArgumentException if the options name another user, host or port: credentials go
   *     only to the host that the URL names
   */
  static SshGit route(SshOptions options, GitTransport.Place place) {
    String user = options.login().user();
    int port = options.endpoint().port();
    boolean agrees =
        options.endpoint().host().equalsIgnoreCase(place.host())
            && user.equals(place.user().orElse(user))
            && port == place.port().orElse(port);
    if (!agrees) {
      throw new IllegalArgumentException(
          "the URL does not match over(..), which logs in as %s at %s; leave user and port out of it"
              .formatted(user, options.address()));
    }
    return new SshGit(options);
  }

  @Override
  public GitTransport.Pipe run(String command, Scheduler scheduler) throws Exception {
    SshLine line = connect(scheduler.real());
    try {
      return new InterruptibleCall(scheduler.real())
          .call("fluke-ssh-channel", TO_OPEN, line::cut, () -> start(line, command));
    } catch (InterruptibleCall.TimedOutException e) {
      throw UnreachableException.because("no channel within %d s".formatted(TO_OPEN.toSeconds()));
    } catch (Exception e) {
      line.cut();
      line.close();
      throw e;
    }
  }

  private SshLine connect(Scheduler scheduler) throws UnreachableException, InterruptedException {
    try {
      return new SshConnector(options, scheduler).connect();
    } catch (UnreachableException e) {
      throw UnreachableException.because(ConnectErrors.withoutNextLogin(e));
    }
  }

  private static SshPipe start(SshLine line, String command) throws Exception {
    ChannelExec channel = (ChannelExec) line.session().openChannel("exec");
    channel.setCommand(command);
    SshPipe pipe = SshPipe.of(line, channel);
    channel.connect();
    return pipe;
  }

  @Override
  public String masked(String text) {
    return options.login().hide(text);
  }
}
