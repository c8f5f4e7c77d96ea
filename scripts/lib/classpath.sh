# Sourced after setup.sh: compiles a module with all it needs, quickly, and finds its class path.
# shellcheck shell=bash

# phase module scope: prints nothing unless the build fails; the answer is in $CLASS_PATH
build_class_path() {
  local phase=$1 module=$2 scope=$3 classes=$FLUKE_ROOT/$2/target/classes
  local file=$FLUKE_ROOT/$2/target/$3.classpath
  maven -q -Pquick -pl "$module" -am "$phase" dependency:build-classpath \
    -Dmdep.includeScope="$scope" -Dmdep.outputFile="target/$scope.classpath" >&2 || return
  CLASS_PATH=$classes:$(cat "$file")
  if [ "$scope" = test ]; then CLASS_PATH=$FLUKE_ROOT/$module/target/test-classes:$CLASS_PATH; fi
}
