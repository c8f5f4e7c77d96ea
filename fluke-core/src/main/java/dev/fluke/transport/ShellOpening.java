package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

import dev.fluke.command.Printable;
import dev.fluke.time.Scheduler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens shells: cleans each once, so that every command starts clean, and finds out what the host
 * can do. What a banner or a profile prints before is passed over.
 */
final class ShellOpening {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);
  private static final Duration SOON = Duration.ofMillis(700);
  private static final int TRIES = 20;

  /**
   * Becomes a shell that leads a session where there is setsid, so that all that it leaves behind
   * can be found. One that leads a group can't, and waits for a child that does: a setsid that has
   * to fork would not wait, and the way to its shell would seem to end.
   */
  private static final String LEADING =
      "{ read -r l </proc/$$/stat; } 2>/dev/null; set -- ${l##*) };"
          + " if [ \"${4-}\" = $$ ] || ! command -v setsid >/dev/null; then exec /bin/sh; fi;"
          + " if [ \"${3-$$}\" != $$ ]; then exec setsid /bin/sh; fi; setsid /bin/sh; exit";

  private static final Logger log = LoggerFactory.getLogger(ShellOpening.class);

  private final ShellLine line;
  private final Target target;
  private final Runnable makeRoom;
  private volatile boolean ending;

  /**
   * Opens shells on this line.
   *
   * @param makeRoom lets go of a shell that is not in use, where the host allows no more
   */
  ShellOpening(ShellLine line, Target target, Runnable makeRoom) {
    this.line = line;
    this.target = target;
    this.makeRoom = makeRoom;
  }

  /** A clean shell, and what its host can do. */
  record Opened(ShellSession session, Abilities host) {}

  Opened open() throws UnreachableException, InterruptedException, IOException {
    ShellSession session = started();
    long until = session.now() + LIMIT.toNanos();
    try {
      String mark = "O" + Marks.nonce(target.scheduler().real().random());
      session.write(cleaning(mark));
      answer(session, mark, until);
      session.write(probing(mark)); // only now: a shell may read ahead what is meant for the next
      return new Opened(session, abilities(answer(session, mark, until)));
    } catch (UnreachableException | InterruptedException e) {
      session.kill(Duration.ofSeconds(1));
      throw e;
    }
  }

  /** A host may allow few shells at once, and count one that ended a moment ago. */
  private ShellSession started() throws UnreachableException, InterruptedException, IOException {
    Scheduler real = target.scheduler().real();
    for (int i = 1; ; i++) {
      try {
        return ShellSession.start(line, real);
      } catch (IOException e) {
        if (i == TRIES || !line.isOpen()) {
          throw e;
        }
        makeRoom.run();
        real.sleep(BETWEEN_TRIES);
      }
    }
  }

  /** What the shell prints between the mark and a semicolon; what comes before is passed over. */
  private static String answer(ShellSession session, String mark, long until)
      throws UnreachableException, InterruptedException {
    while (true) {
      CompletableFuture<Void> news = session.news();
      String said;
      boolean ended;
      synchronized (session) {
        int at = session.out().find(mark, 0);
        int end = at < 0 ? -1 : session.out().find(";", at);
        if (end >= 0) {
          session.out().take(at + mark.length());
          byte[] found = session.out().take(end - at - mark.length());
          session.out().take(1);
          session.err().take(session.err().size());
          return new String(found, StandardCharsets.US_ASCII);
        }
        ended = session.hasEnded();
        said = printed(session);
      }
      long left = until - session.now();
      if (ended || left <= 0 || !session.await(news, Duration.ofNanos(left))) {
        throw UnreachableException.because(
            (ended ? "the shell ended at once" : "no shell within 10 s")
                + (said.isEmpty() ? "" : "; it printed: " + said));
      }
    }
  }

  private static String printed(ShellSession session) {
    byte[] out = session.out().peek();
    byte[] err = session.err().peek();
    return Printable.lastLineOf(
        (new String(out, StandardCharsets.UTF_8) + new String(err, StandardCharsets.UTF_8)).strip(),
        400);
  }

  /** Becomes a shell without anything of this one's environment, as the user's home has it. */
  private String cleaning(String mark) {
    return "{ u=$(id -un); eval \"h=~$u\"; cd \"$h\" || cd /; umask 022; printf '%s;' "
        + mark
        + "; exec env -i HOME=\"$h\" USER=\"$u\" LOGNAME=\"$u\" SHELL=/bin/sh LC_ALL=C.UTF-8 PATH="
        + quote(CommandScript.path(target))
        + " /bin/sh -c "
        + quote(LEADING)
        + "; }\n";
  }

  private static String probing(String mark) {
    return "{ t=0; timeout -k 1 1 true 2>/dev/null && t=1; l=0;"
        + " if { exec 9<\"$HOME\"; } 2>/dev/null; then"
        + " flock -n -E 213 9 2>/dev/null; s=$?; { [ $s = 0 ] || [ $s = 213 ]; } && l=1;"
        + " exec 9<&-; fi; printf '%s%s %s %s %s;' "
        + mark
        + " \"$(id -u)\" $t $l $$; }\n";
  }

  /**
   * Ends a session by its number, and prints what of it is left: TERM, KILL after some tenths of a
   * second, and a look for two more seconds. What has ended but was not asked after is gone. Where
   * there is no /proc, the group of that number stands for the session.
   */
  private static String ending(String leader, long tenths, String mark) {
    return "{ of() { for f in /proc/[0-9]*/stat; do read -r l <$f || continue; p=${f#/proc/};"
        + " set -- ${l##*) }; case \"$4 $1\" in \"$g\"\\ [ZX]) ;; \"$g\"\\ *) echo ${p%/stat};;"
        + " esac; done; };"
        + " left() { if [ -r /proc/$$/stat ]; then of; elif kill -s 0 -- -$g; then echo -$g; fi; };"
        + (" g=" + leader + " n=0 k=" + tenths + ";")
        + " while l=$(left); [ \"$l\" ] && [ $n -lt $((k + 20)) ]; do"
        + " [ $n = 0 ] && kill -s TERM -- $l; [ $n -ge $k ] && kill -s KILL -- $l;"
        + " sleep 0.1 || { sleep 1; n=$((n + 9)); }; n=$((n + 1)); done;"
        + (" printf '%s%s;' " + mark + " \"$l\"; exit; } 2>/dev/null\n");
  }

  private static Abilities abilities(String found) throws UnreachableException {
    String[] parts = found.split(" ", -1);
    if (parts.length != 4) {
      throw UnreachableException.because("the shell answers strangely: " + Printable.of(found));
    }
    return new Abilities(
        parts[0].equals("0"), parts[1].equals("1"), parts[2].equals("1"), parts[3]);
  }

  /** Ends a shell and what runs in it or was left there; true if it is surely gone. */
  boolean end(ShellSession session, Abilities host, Duration grace) {
    boolean gone = session.kill(grace);
    return endSession(host.process(), grace) && gone;
  }

  /** What was left in the background, or is at the far end of a wire, is in its shell's session. */
  private boolean endSession(String leader, Duration grace) {
    boolean interrupted = Thread.interrupted();
    try {
      return isGone(leader, grace);
    } catch (IOException | UnreachableException e) {
      log.debug("no shell to end session {} with", leader, e);
      return false;
    } catch (InterruptedException e) {
      interrupted = true;
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * As {@link #end}, for somebody who wants to go: a host that does not answer at once is let go,
   * with its line.
   */
  boolean endSoon(ShellSession session, Abilities host, Duration grace) {
    Scheduler real = target.scheduler().real();
    CompletableFuture<Boolean> here = new CompletableFuture<>();
    CompletableFuture<Boolean> gone = new CompletableFuture<>();
    ending = false;
    real.start(
        "fluke-shell-end",
        () -> {
          here.complete(session.kill(grace));
          gone.complete(endSession(host.process(), grace) && here.getNow(false));
        });
    try {
      real.await(here, grace.plus(LIMIT));
      if (real.await(gone, SOON) || (ending && real.await(gone, grace.plus(SOON)))) {
        return gone.getNow(false);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    line.close();
    return false;
  }

  private boolean isGone(String leader, Duration grace)
      throws IOException, UnreachableException, InterruptedException {
    Scheduler real = target.scheduler().real();
    String mark = "G" + Marks.nonce(real.random());
    ShellSession other = started();
    ending = true;
    try {
      other.write(ending(leader, grace.toMillis() / 100, mark));
      return answer(other, mark, real.nanoTime() + grace.plusSeconds(4).toNanos()).isEmpty();
    } finally {
      other.kill(Duration.ofSeconds(1));
    }
  }
}
