# Sourced after setup.sh and classpath.sh: runs one class or one module of tests, without Maven's test phase.
# shellcheck shell=bash

# What is reported goes where scripts/test counts it.
QUICK_REPORTS=quick-reports

# The newest file of a tree of sources tells whether it was compiled since.
is_newer() { # stamp path…
  local stamp=$1
  shift
  [ ! -e "$stamp" ] || [ -n "$(find "$@" -newer "$stamp" -print -quit)" ]
}

# A jar that runs tests from a command line, of the version that the build uses.
find_launcher() {
  local version
  version=$(sed -n 's:.*<junit.version>5\.\(.*\)</junit.version>.*:1.\1:p' "$FLUKE_ROOT/pom.xml")
  LAUNCHER=$FLUKE_ROOT/target/quick/junit-platform-console-standalone-$version.jar
  [ -e "$LAUNCHER" ] || maven -q -N dependency:copy \
    -Dartifact="org.junit.platform:junit-platform-console-standalone:$version" \
    -DoutputDirectory="$FLUKE_ROOT/target/quick" >&2
}

# module class_path launcher_argument…
launch() {
  local module=$1 class_path=$2 level
  shift 2
  level=$(sed -n 's:.*<fluke.test.log>\(.*\)</fluke.test.log>.*:\1:p' "$FLUKE_ROOT/pom.xml")
  find_launcher
  (cd "$FLUKE_ROOT/$module" && "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 \
    -Dorg.slf4j.simpleLogger.defaultLogLevel="$level" -cp "$class_path:$LAUNCHER" \
    org.junit.platform.console.ConsoleLauncher execute "$@" --disable-banner --disable-ansi-colors \
    --details=summary --fail-if-no-tests --reports-dir="target/$QUICK_REPORTS" </dev/null)
}

# One module: its compiler checks, then its tests that are not slow.
quick_module() { # module
  build_class_path test-compile "$1" test || return
  # shellcheck disable=SC2153
  launch "$1" "$CLASS_PATH" --scan-class-path="$FLUKE_ROOT/$1/target/test-classes" \
    --exclude-tag=slow --exclude-classname='.*\.FlukeJarTest'
}

# One class: javac alone compiles what it needs, main code of all that the module uses and its tests.
quick_class() { # module class
  local module=$1 source out=$FLUKE_ROOT/target/quick/$1 jars=target/quick.classpath
  source=$(find "$FLUKE_ROOT/$module/src/test/java" -name "$2.java")
  [ -n "$source" ] || fail "$module has no test class $2 below src/test/java"
  mkdir -p "$FLUKE_ROOT/target/quick"
  if is_newer "$FLUKE_ROOT/$module/$jars" "$FLUKE_ROOT"/pom.xml "$FLUKE_ROOT"/*/pom.xml; then
    maven -q -Pquick -pl "$module" -am compile -Dmaven.main.skip -Dmaven.resources.skip \
      dependency:build-classpath -Dmdep.includeScope=test -Dmdep.outputFile="$jars" >&2 || return
  fi

  local entry entries used=("$module") trees=() resources="" libraries="" compiled_with=""
  IFS=: read -ra entries <"$FLUKE_ROOT/$module/$jars"
  for entry in "${entries[@]}"; do
    case $entry in
      "$FLUKE_ROOT"/*/target/classes)
        entry=${entry#"$FLUKE_ROOT"/}
        used+=("${entry%%/*}")
        ;;
      *) libraries=$libraries:$entry ;;
    esac
  done
  for entry in "${used[@]}"; do
    [ -d "$FLUKE_ROOT/$entry/src/main/java" ] && trees+=("$FLUKE_ROOT/$entry/src/main/java")
    resources=$resources:$FLUKE_ROOT/$entry/src/main/resources
    # main code of a module may need what the tests of another leave out
    compiled_with=$compiled_with:$(cat "$FLUKE_ROOT/$entry/$jars")
  done
  trees+=("$FLUKE_ROOT/$module/src/test/java")
  resources=$FLUKE_ROOT/$module/src/test/resources$resources

  if is_newer "$out.stamp" "$FLUKE_ROOT/$module/$jars" "${trees[@]}"; then
    rm -rf "$out" "$out.stamp"
    mkdir -p "$out"
    touch "$out.begun"
    find "${trees[@]}" -name '*.java' ! -path '*/src/test/*package-info.java' >"$out.sources"
    "$JAVA_HOME/bin/javac" -J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC -nowarn -proc:none -parameters -g \
      -encoding UTF-8 --release 17 -d "$out" -cp "${compiled_with#:}" @"$out.sources" >&2 || return
    mv "$out.begun" "$out.stamp"
  fi
  launch "$module" "$out:$resources$libraries" --select-class="$(class_name "$source")"
}

# The full name of the class in a file below src/test/java.
class_name() { # file
  local name=${1#*/src/test/java/}
  name=${name%.java}
  printf '%s\n' "${name//\//.}"
}
