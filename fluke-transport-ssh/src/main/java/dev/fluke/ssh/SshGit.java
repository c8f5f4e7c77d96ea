package dev.fluke.ssh;

import com.jcraft.jsch.ChannelExec;
import dev.fluke.command.Mask;
import dev.fluke.source.git.GitTransport;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;

/** The way to a host that has repositories: one login and one channel for each look. */
final class SshGit implements GitTransport.Route {
  private static final Duration TO_OPEN = Duration.ofSeconds(10);

  private final SshOptions options;

  private SshGit(SshOptions options) {
    this.options = options;
  }

  /** Refused if it leads elsewhere: a key is shown only to the host that the URL names. */
  static SshGit route(SshOptions options, GitTransport.Place place) {
    boolean agrees =
        options.host.equalsIgnoreCase(place.host())
            && options.user.equals(place.user().orElse(options.user))
            && options.port == place.port().orElse(options.port);
    if (!agrees) {
      throw new IllegalArgumentException(
          "leads elsewhere than over(..), which logs in as "
              + options.user
              + " at "
              + options.address()
              + "; user and port may be left out of the URL");
    }
    return new SshGit(options);
  }

  @Override
  public GitTransport.Pipe run(String command, Scheduler scheduler) throws Exception {
    Scheduler real = scheduler.real();
    SshLine line = line(real);
    try {
      return new InterruptibleCall(real)
          .call("fluke-ssh-channel", TO_OPEN, line::cut, () -> started(line, command));
    } catch (InterruptibleCall.OverException e) {
      throw UnreachableException.because("no channel within " + TO_OPEN.toSeconds() + " s");
    } catch (Exception e) {
      line.cut();
      line.close();
      throw e;
    }
  }

  private SshLine line(Scheduler real) throws UnreachableException, InterruptedException {
    try {
      return new SshConnector(options, real).line();
    } catch (UnreachableException e) {
      throw UnreachableException.because(ConnectErrors.withoutNextLogin(e));
    }
  }

  private static SshPipe started(SshLine line, String command) throws Exception {
    ChannelExec channel = (ChannelExec) line.session().openChannel("exec");
    channel.setCommand(command);
    SshPipe pipe = SshPipe.of(line, channel);
    channel.connect();
    return pipe;
  }

  @Override
  public String masked(String text) {
    if (options.password == null) {
      return text;
    }
    Mask mask = new Mask();
    mask.learn(options.password);
    return mask.hide(text);
  }
}
