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
if ! words=$(mise tasks info "$task" 2>&1 >/dev/null); then
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
echo ran
exec mise run --quiet "$task" 2>&1
