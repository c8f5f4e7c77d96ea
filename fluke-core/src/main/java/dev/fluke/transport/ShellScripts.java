package dev.fluke.transport;

import static dev.fluke.command.ShellQuoting.quote;

/** What is said to a shell: to become a clean one, to tell what its host can do, and to end. */
final class ShellScripts {
  private static final String LEADS =
      "l=; { read -r l </proc/$$/stat; } 2>/dev/null; set -- ${l##*) };";

  /** Some tenths of a second, counted in n: few looks, since each takes time on a busy host. */
  private static final String PAUSE =
      " d=1; [ $n -ge 5 ] && d=5; sleep 0.$d || { sleep 1; d=10; }; n=$((n + d))";

  private static final String LOOK =
      "q=; for f in /proc/[0-9]*/stat; do { read -r l <$f; } 2>/dev/null || continue;"
          + " set -- ${l##*) }; case \"$4 $1\" in $$\\ [ZX]) ;; $$\\ *) p=${f#/proc/};"
          + " p=${p%/stat}; [ $p = $$ ] || q=\"$q $p\";; esac; done";

  private ShellScripts() {}

  /**
   * Becomes a shell that leads a session where there is setsid, so that all that it leaves behind
   * can be found. One that leads a group can't, and waits for a child that does: a setsid that has
   * to fork would not wait, and the way to its shell would seem to end.
   */
  private static String leading(String shell) {
    return "w=${1-}; { read -r l </proc/$$/stat; } 2>/dev/null; set -- ${l##*) };"
        + (" if [ \"${4-}\" = $$ ] || ! command -v setsid >/dev/null; then exec " + shell + "; fi;")
        + (" if [ \"${3-$$}\" != $$ ]; then exec setsid " + shell + "; fi;")
        + (" setsid " + shell + "; exit");
  }

  /** Becomes a shell without anything of this one's environment, as the user's home has it. */
  static String cleaning(String mark, Target target) {
    String clean = clean("printf '%s;' " + mark + "; ", target, leading("/bin/sh"));
    return "{ " + clean + "; }\n";
  }

  /**
   * One command for a login shell: a clean shell that prints the mark, on both streams, and its
   * process, and then does what the script says.
   */
  static String single(String mark, String script, Target target) {
    String said = "printf '%s%s;' " + mark + " $$; printf %s " + mark + " >&2; " + script;
    String clean = clean("", target, leading("/bin/sh -c \"$w\"")) + " sh \"$1\"";
    return "/bin/sh -c " + quote(clean) + " sh " + quote(said);
  }

  private static String clean(String first, Target target, String then) {
    return "u=$(id -un); eval \"h=~$u\"; cd \"$h\" || cd /; umask 022; "
        + first
        + "exec env -i HOME=\"$h\" USER=\"$u\" LOGNAME=\"$u\" SHELL=/bin/sh LC_ALL=C.UTF-8 PATH="
        + quote(CommandScript.path(target))
        + (" /bin/sh -c " + quote(then));
  }

  /** Tells what the host can do. */
  static String probing(String mark, Target target) {
    return "{ t=0; timeout -k 1 1 true 2>/dev/null && t=1; l=0;"
        + " if { exec 9<\"$HOME\"; } 2>/dev/null; then"
        + " flock -n -E 213 9 2>/dev/null; s=$?; { [ $s = 0 ] || [ $s = 213 ]; } && l=1;"
        + " exec 9<&-; fi; b=0; command -v "
        + quote(target.defaultShell())
        + " >/dev/null && b=1; s=0; command -v setsid >/dev/null && s=1;"
        + " printf '%s%s %s %s %s %s %s %s;' "
        + (mark + " \"$(id -u)\" \"$(id -un)\" $t $l $b $s $$; }\n");
  }

  /** Tells the process of a shell on a host that is known. */
  static String introducing(String mark) {
    return "printf '%s%s;' " + mark + " $$\n";
  }

  /**
   * Ends a session by its number, and prints what of it is left, and what its processes have
   * started in other sessions, which is not ended: TERM, KILL after some tenths of a second, and a
   * look for two more seconds. What has ended but was not asked after is gone. Where there is no
   * /proc, the group of that number stands for the session.
   */
  static String ending(String leader, long tenths, String mark) {
    return "{ of() { for f in /proc/[0-9]*/stat; do read -r l <$f || continue; p=${f#/proc/};"
        + " set -- ${l##*) }; case \"$4 $1\" in \"$g\"\\ [ZX]) ;; \"$g\"\\ *) echo ${p%/stat};;"
        + " esac; done; };"
        + " left() { if [ -r /proc/$$/stat ]; then of; elif kill -s 0 -- -$g; then echo -$g; fi; };"
        + (" g=" + leader + " n=0 k=" + tenths + "; set -- $(left); m=\" $* \" e=;")
        + " for f in /proc/[0-9]*/stat; do read -r l <$f || continue; p=${f#/proc/};"
        + " set -- ${l##*) }; case \"$m\" in *\" ${2-} \"*) [ $4 = $g ] || e=\"$e ${p%/stat}\";;"
        + " esac; done;"
        + " while l=$(left); [ \"$l\" ] && [ $n -lt $((k + 20)) ]; do"
        + " [ $n = 0 ] && kill -s TERM -- $l; [ $n -ge $k ] && kill -s KILL -- $l;"
        + PAUSE
        + "; done;"
        + (" printf '%s%s.%s;' " + mark + " \"$l\" \"$e\"; exit; } 2>/dev/null\n");
  }

  /**
   * Prints what else is in the session of the shell that is asked, which costs it no process; a
   * shell that leads none, or can't tell, says so.
   */
  static String looking(String mark) {
    return "{ "
        + LEADS
        + " if [ \"${4-}\" = $$ ]; then "
        + LOOK
        + "; else q=?; fi;"
        + (" printf '%s%s;' " + mark + " \"$q\"; }\n");
  }

  /**
   * Tells a shell to end what else is in its session, as {@link #ending} does, and itself then,
   * also if nobody listens any more. It prints the mark first, and a question mark if it can't.
   */
  static String leaving(long tenths, String mark) {
    return "{ trap '' PIPE; "
        + LEADS
        + " if [ \"${4-}\" = $$ ]; then printf '%s;' "
        + mark
        + ("; n=0; k=" + tenths + "; while " + LOOK + "; [ \"$q\" ] && [ $n -lt $((k + 20)) ]; do")
        + " [ $n = 0 ] && kill -s TERM $q; [ $n -ge $k ] && kill -s KILL $q;"
        + PAUSE
        + "; done; exit;"
        + (" else printf '%s?;' " + mark + "; fi; } 2>/dev/null\n");
  }
}
