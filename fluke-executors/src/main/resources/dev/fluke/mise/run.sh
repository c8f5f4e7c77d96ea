#!/bin/sh
# Becomes the task, after mise confirmed that it exists. Only in its paranoid mode does mise never
# trust a configuration by itself: otherwise, running one means trusting it.
# shellcheck disable=SC2154  # the program sets these first
enter "$dir/." || stop
only_ours "$dir"
if ! command -v mise >/dev/null 2>&1; then
  export PATH="$PATH:$HOME/.local/bin"
  command -v mise >/dev/null 2>&1 || { echo no-mise; exit; }
fi
here=$at
above=${here%/*}
export MISE_CEILING_PATHS="${above:-/}"
if [ -n "$trust" ]; then
  export MISE_TRUSTED_CONFIG_PATHS="$here"
else
  export MISE_PARANOID=1
fi
# Prints what mise knows of the task; without what it knows of all directories if $1 is "here".
info() (
  if [ "${1:-}" = here ]; then
    export MISE_CONFIG_DIR=/dev/null/none MISE_GLOBAL_CONFIG_FILE=/dev/null/none
    export MISE_SYSTEM_CONFIG_DIR=/dev/null/none MISE_SYSTEM_CONFIG_FILE=/dev/null/none
  fi
  mise tasks info --json "$task" 2>&1
)
if ! words=$(info); then
  case $words in *'not trusted'*) echo untrusted; exit ;; esac
  if tasks=$(mise tasks ls --no-header 2>/dev/null); then
    echo no-task
    printf '%s\n' "$tasks" | head -n 20 | sed 's/^/task /'
  else
    echo broken
    printf '%s\n' "$words" >&2
  fi
  exit
fi
case $here in
  *[\\\"]*) quoted=$(printf '%s' "$here" | sed 's/[\\"]/\\&/g') ;;
  *) quoted=$here ;;
esac
line='
'
key="$line  \"source\": \""
case $words in
  *"$key${quoted%/}/"*) ;;
  *"$key"*)
    if ! info here >/dev/null; then
      source=${words##*"$key"}
      echo elsewhere
      echo "source ${source%%\",*}"
      exit
    fi
    ;;
esac
case $words in
  *"$line  \"depends\": []"*"$line  \"run\": []"*"$line  \"file\": null"*) echo no-run; exit ;;
esac
# mise skips no task here, whatever it believes to be fresh and whatever settings say.
export MISE_TASK_SKIP='' MISE_TASK_SKIP_DEPENDS=0 MISE_TASK_CACHE=off
if [ -n "${url:-}" ] && [ -e .gitmodules ]; then
  git config --file .gitmodules --get-regexp '^submodule[.].*[.]path$' |
    while read -r _ module; do
      [ -n "$(ls -A -- "$module" 2>/dev/null)" ] || echo "submodule $module"
    done
fi
echo ran
exec mise run --quiet --force "$task" 2>&1
