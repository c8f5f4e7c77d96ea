# Finds Fluke's own programs, whatever the environment of this shell says: a PATH without them,
# functions of their names (bash imports BASH_FUNC_… also as sh), options, libraries, separators.
# shellcheck shell=sh disable=SC2123
# SC2123: this is the PATH of what comes next.
set +efux
unset LD_PRELOAD LD_LIBRARY_PATH IFS CDPATH
unset -f id env setsid sleep cat cd umask printf echo read kill command test [
PATH=@PATH@
export PATH
