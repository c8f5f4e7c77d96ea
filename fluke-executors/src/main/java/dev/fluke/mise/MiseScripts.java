package dev.fluke.mise;

/**
 * What runs on the host, for {@code /bin/sh}. Values come as variables of the script, not of the
 * environment: that belongs to the tasks.
 *
 * <p>A script prints findings, one a line, and ends; or the line {@code ran}, and becomes the task.
 */
final class MiseScripts {
  private MiseScripts() {}

  /** Git that asks nobody, runs nothing of the repository, and writes nothing unless told. */
  static final String GIT =
      """
      git() {
        env GIT_TERMINAL_PROMPT=0 GIT_ASKPASS=false GIT_ALLOW_PROTOCOL=file:https:ssh \\
          GIT_OPTIONAL_LOCKS=0 GIT_SSH_COMMAND="${GIT_SSH_COMMAND:-ssh -o BatchMode=yes}" \\
          git -c core.hooksPath=/dev/null -c core.fsmonitor=false -c gc.auto=0 \\
          -c maintenance.auto=false -c submodule.recurse=false "$@"
      }
      command -v git >/dev/null 2>&1 || { echo no-git; exit; }
      if [ -L "$dir" ]; then echo link; exit; fi
      origin() { git -C "$dir" config --get remote.origin.url || echo none; }
      changed() { git -C "$dir" status --porcelain --untracked-files=no --ignore-submodules=all; }
      state() {
        if [ ! -e "$dir" ]; then echo missing
        elif [ ! -d "$dir" ]; then echo foreign
        elif [ -e "$dir/.git" ]; then echo copy
        elif [ -z "$(ls -A "$dir")" ]; then echo missing
        else echo foreign
        fi
      }
      state=$(state)
      if [ "$state" = foreign ]; then echo foreign; exit; fi
      if [ "$state" = copy ]; then
        head=$(git -C "$dir" rev-parse --verify 'HEAD^{commit}') || { echo no-commit; exit; }
      fi
      """;

  /** Compares the working copy with the branch, by asking for nothing but its commit. */
  static final String COMPARE =
      """
      wanted=$(cd / && git ls-remote --exit-code -- "$url" "refs/heads/$branch")
      case $? in 0) ;; 2) echo no-branch; exit ;; *) echo unreachable; exit ;; esac
      wanted=${wanted%%[!0-9a-f]*}
      if [ "$state" = missing ]; then echo "clone $wanted"; exit; fi
      differs=
      if [ "$(origin)" != "$url" ]; then echo "remote $(origin)"; differs=yes; fi
      if [ "$head" != "$wanted" ]; then echo "commit $wanted $head"; differs=yes; fi
      changes=$(changed) || { echo no-commit; exit; }
      if [ -n "$changes" ]; then
        printf '%s\\n' "$changes" | head -n 10 | sed 's/^/changed /'
        differs=yes
      fi
      if [ -n "$differs" ]; then exit; fi
      """;

  /** Clones beside the place and renames, or moves a clean working copy forward. */
  static final String UPDATE =
      """
      fail() { echo "$dir: $1" >&2; exit 1; }
      clone() {
        parent=${dir%/*}/
        mkdir -p "$parent" || exit
        rm -rf "$parent.fluke-$mark-"??????
        new=$(mktemp -d "$parent.fluke-$mark-XXXXXX") || exit
        trap 'rm -rf "$new"' EXIT
        trap 'exit 143' HUP INT TERM
        git clone -q --branch "$branch" -- "$url" "$new" || exit
        chmod 755 "$new" || exit
        if [ -d "$dir" ]; then rmdir "$dir" || exit; fi
        mv "$new" "$dir" || exit
        trap - EXIT HUP INT TERM
      }
      forward() {
        cd "$dir" || exit
        if [ -z "$discard" ]; then
          [ "$(origin)" = "$url" ] || fail "is a clone of something else; $way_out"
          [ -z "$(changed)" ] || fail "has changes of its own; $way_out"
        fi
        git fetch -q --no-tags -- "$url" "+refs/heads/$branch:refs/remotes/origin/$branch" || exit
        if [ -n "$discard" ]; then
          git config remote.origin.url "$url" || exit
          git reset -q --hard "refs/remotes/origin/$branch" || exit
        else
          git merge-base --is-ancestor HEAD "refs/remotes/origin/$branch" \\
            || fail "has commits that $branch lacks; $way_out"
          git merge -q --ff-only "refs/remotes/origin/$branch" || exit
        fi
      }
      way_out='bring it in order, or say discard_local_changes: true'
      if [ "$state" = missing ]; then clone; else forward; fi
      """;

  /** So that a check installs nothing, neither tools nor news of them. */
  static final String NO_INSTALL =
      """
      export MISE_OFFLINE=1 MISE_TASK_RUN_AUTO_INSTALL=0 MISE_EXEC_AUTO_INSTALL=0
      export MISE_NOT_FOUND_AUTO_INSTALL=0 MISE_AUTO_INSTALL=0
      """;

  /**
   * Becomes the task, after mise has been asked whether there is one. Only in its paranoid mode
   * does mise never trust a configuration by itself: otherwise, to run one is to trust it.
   */
  static final String RUN =
      """
      if [ ! -d "$dir" ]; then echo no-directory; exit; fi
      cd "$dir" || { echo closed; exit; }
      if ! command -v mise >/dev/null 2>&1; then
        export PATH="$PATH:$HOME/.local/bin"
        command -v mise >/dev/null 2>&1 || { echo no-mise; exit; }
      fi
      here=$(pwd -P)
      above=${here%/*}
      export MISE_CEILING_PATHS="${above:-/}"
      if [ -n "$trust" ]; then
        export MISE_TRUSTED_CONFIG_PATHS="$here"
      else
        export MISE_PARANOID=1
      fi
      if ! words=$(mise tasks info "$task" 2>&1 >/dev/null); then
        case $words in *'not trusted'*) echo untrusted; exit ;; esac
        if tasks=$(mise tasks ls --no-header 2>/dev/null); then
          echo no-task
          printf '%s\\n' "$tasks" | head -n 20 | sed 's/^/task /'
        else
          echo broken
          printf '%s\\n' "$words" >&2
        fi
        exit
      fi
      echo ran
      exec mise run --quiet "$task" 2>&1
      """;
}
