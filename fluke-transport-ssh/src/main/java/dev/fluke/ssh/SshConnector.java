package dev.fluke.ssh;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import com.jcraft.jsch.Session;
import dev.fluke.time.Scheduler;
import dev.fluke.transport.UnreachableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connects and logs in to one host, directly or through jump hosts; each phase has its limit. */
final class SshConnector {
  private static final int TRIES = 3;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private final SshOptions options;
  private final Scheduler scheduler;
  private final InterruptibleCall interruptible;

  /**
   * For this host.
   *
   * @param scheduler of real time, since a host does not wait for virtual time
   */
  SshConnector(SshOptions options, Scheduler scheduler) {
    this.options = options;
    this.scheduler = scheduler;
    this.interruptible = new InterruptibleCall(scheduler);
  }

  /** What users should know about this way to log in. */
  List<String> remarks() {
    return FilePermissionCheck.remarks(options);
  }

  /**
   * Opens a connection.
   *
   * @throws UnreachableException naming the phase that failed, and why
   * @throws InterruptedException if the thread was interrupted; nothing is left behind
   */
  SshLine connect() throws UnreachableException, InterruptedException {
    if (options.login().user().equals(SshOptions.UNKNOWN_USER)) {
      throw UnreachableException.because(
          "login: the user of this process has no name here; name the user of the host with user(..)");
    }
    List<SshLine> jumps = new ArrayList<>();
    if (options.jump() != null) {
      jumps.add(connectJump(options.jump()));
    }
    try {
      return connectThrough(jumps);
    } catch (UnreachableException e) {
      jumps.forEach(SshLine::close);
      throw options.lacksHome() ? ConnectErrors.withoutHome(e) : e;
    } catch (InterruptedException e) {
      jumps.forEach(SshLine::close);
      throw e;
    }
  }

  private SshLine connectJump(SshOptions jump) throws UnreachableException, InterruptedException {
    try {
      return new SshConnector(jump, scheduler).connect();
    } catch (UnreachableException e) {
      String why = "jump host %s: %s".formatted(jump.address(), e.getMessage());
      throw e.isLoginRefused()
          ? UnreachableException.loginRefused(why)
          : UnreachableException.because(why);
    }
  }

  /** Tries again after a reset, which is what a server does that has too many logins under way. */
  private SshLine connectThrough(List<SshLine> jumps)
      throws UnreachableException, InterruptedException {
    for (int i = 1; ; i++) {
      SshSocket socket = new SshSocket(options.limits().connect());
      try {
        return connectOnce(socket, jumps);
      } catch (JSchException e) {
        if (i == TRIES || !ConnectErrors.isReset(e, socket.hasConnected())) {
          throw ConnectErrors.of(e, options, socket.hasConnected() || !jumps.isEmpty());
        }
        int percent = 1 + scheduler.random().nextInt(i * 100);
        scheduler.sleep(LONGEST_PAUSE.multipliedBy(percent).dividedBy(200));
      }
    }
  }

  private SshLine connectOnce(SshSocket socket, List<SshLine> jumps)
      throws JSchException, UnreachableException, InterruptedException {
    Runnable cut =
        () -> {
          socket.close();
          jumps.forEach(SshLine::close);
        };
    JschLogListener log = new JschLogListener(cut);
    HostKeys hostKeys = HostKeys.of(options, socket::address, scheduler);
    Session session = SshSessions.unconnected(options, hostKeys);
    session.setLogger(log);
    KeepAlive keepAlive =
        new KeepAlive(scheduler, options.limits().keepAlive(), SshSessions.MAX_UNANSWERED);
    if (jumps.isEmpty()) {
      session.setSocketFactory(socket);
    } else {
      session.setProxy(new JumpTunnel(jumps.get(jumps.size() - 1).session(), keepAlive));
    }
    try {
      login(session, cut);
      if (!jumps.isEmpty()) {
        keepAlive.start(session, cut);
      }
      return new SshLine(new SshLine.Login(session, cut, keepAlive, log), scheduler, jumps, this);
    } catch (JSchHostKeyException e) {
      socket.close();
      throw UnreachableException.because(
          hostKeys.refusal().orElseGet(() -> ConnectErrors.hostKey(e, options)));
    } catch (PasswordPrompts.RefusedException e) {
      socket.close();
      throw ConnectErrors.refused(options, String.valueOf(e.getMessage()));
    } catch (JSchException e) {
      socket.close();
      if (log.brokeDuringLogin()) {
        throw ConnectErrors.brokeDuringLogin(options);
      }
      throw e;
    } catch (InterruptedException e) {
      socket.close();
      throw e;
    } catch (InterruptibleCall.TimedOutException e) {
      throw ConnectErrors.timedOut(options, socket.hasConnected());
    } catch (Exception e) {
      socket.close();
      throw UnreachableException.because("handshake: " + e);
    }
  }

  private void login(Session session, Runnable cut) throws Exception {
    interruptible.call(
        "fluke-ssh-login",
        options.limits().total(),
        cut,
        () -> {
          session.connect(Math.toIntExact(options.limits().login().toMillis()));
          return session;
        });
  }
}
