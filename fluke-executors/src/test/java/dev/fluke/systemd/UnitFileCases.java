package dev.fluke.systemd;

import static dev.fluke.systemd.Case.fails;
import static dev.fluke.systemd.Case.file;
import static dev.fluke.systemd.Case.heals;
import static dev.fluke.systemd.Case.reload;

import java.util.List;

/** Units whose files lie elsewhere, come from elsewhere, or are gone. */
final class UnitFileCases {
  private static final String BY_BOOT = "[Install]\nWantedBy=multi-user.target";
  private static final String SLEEPS = "ExecStart=sleep infinity";

  private final String prefix;

  UnitFileCases(String prefix) {
    this.prefix = prefix;
  }

  /** The main name of a unit whose alias is declared. */
  static String realName(String unit) {
    return unit.replace("-other.", "-real.").replace("-an.", "-am.");
  }

  private Systemd off(String name) {
    return Systemd.unit(prefix + name).stopped().disabled();
  }

  /** Those whose commands differ in sudoers. */
  List<Case> throughSudo() {
    return List.of(fstab(), sysV(), aliasToMask());
  }

  List<Case> all() {
    return List.of(
        goneWhileItRuns(),
        transientOne(),
        sysV(),
        sysVOn(),
        alias(),
        linked(),
        linkedMask(),
        instanceMask(),
        fstab(),
        fstabOff(),
        noStop(),
        noStart(),
        maskedStatic(),
        maskedTwice(),
        enabledTwice(),
        linkedInstance(),
        aliasToMask(),
        aliasOfMasked(),
        aliasThatRuns(),
        onlyAlso(),
        stopsBeforeItMasks(),
        startedAgain(),
        scope(),
        dropIn());
  }

  private Case maskedTwice() {
    return fails(
        Systemd.unit(prefix + "-mt.service"),
        "ln -s /dev/null /usr/lib/systemd/system/P-mt.service\nsystemctl mask -q P-mt.service\n",
        "P-mt.service is still masked after systemctl unmask; remove /lib/systemd/system/P-mt",
        "test -L /etc/systemd/system/P-mt.service");
  }

  private Case enabledTwice() {
    return heals(
        off("-et.service"),
        file("P-et.service", "[Service]", SLEEPS, BY_BOOT)
            + reload(
                "systemctl enable -q P-et.service", "systemctl enable -q --runtime P-et.service"),
        "systemctl is-enabled P-et.service | grep -x disabled");
  }

  private Case linkedInstance() {
    return heals(
        off("-li@1.service"),
        file("/opt/P-li@.service", "[Service]", SLEEPS, BY_BOOT)
            + "systemctl link -q /opt/P-li@.service\nsystemctl enable -q --now P-li@1.service\n",
        "systemctl is-enabled P-li@1.service | grep -x disabled");
  }

  private String aliased(String unit, String alias) {
    return file(unit, "[Service]", SLEEPS, BY_BOOT, "Alias=" + alias)
        + reload("systemctl enable -q --now " + unit);
  }

  private Case aliasToMask() {
    return heals(
        Systemd.unit(prefix + "-an.service").masked(),
        aliased("P-am.service", "P-an.service"),
        "! systemctl is-active P-am.service && systemctl is-enabled P-am.service | grep -x masked");
  }

  private Case aliasOfMasked() {
    return fails(
        Systemd.unit(prefix + "-ap.service"),
        aliased("P-ao.service", "P-ap.service")
            + "systemctl stop P-ao.service; systemctl mask -q P-ao.service\n",
        "P-ap.service can't be unmasked: it is another name or an instance of P-ao.service",
        "systemctl is-enabled P-ao.service | grep -x masked");
  }

  private Case aliasThatRuns() {
    return fails(
        Systemd.unit(prefix + "-ar.service").disabled(),
        aliased("P-aq.service", "P-ar.service") + "systemctl stop P-aq.service\n",
        "P-aq.service can't be disabled: the name that is declared is a link of P-aq.service",
        "! systemctl is-active P-aq.service && systemctl is-enabled P-ar.service");
  }

  private Case onlyAlso() {
    return fails(
        Systemd.unit(prefix + "-oa.service"),
        file("P-ob.service", "[Service]", SLEEPS, BY_BOOT)
            + file("P-oa.service", "[Service]", SLEEPS, "[Install]", "Also=P-ob.service")
            + reload(),
        "P-oa.service can't be enabled: it is indirect",
        "systemctl is-enabled P-ob.service | grep -x disabled");
  }

  private Case stopsBeforeItMasks() {
    return heals(
        Systemd.unit(prefix + "-sm.service").masked(),
        file("P-sm.service", "[Service]", SLEEPS, "ExecStop=touch /run/P-sm.ended")
            + reload("systemctl start P-sm.service"),
        "test -e /run/P-sm.ended && systemctl is-enabled P-sm.service | grep -x masked");
  }

  private Case startedAgain() {
    return fails(
        off("-sa.service"),
        file("P-sa.service", "[Service]", "Type=exec", SLEEPS)
            + file("P-sa.path", "[Path]", "PathExists=/etc/passwd")
            + reload("systemctl start P-sa.path")
            + "until systemctl is-active -q P-sa.service; do sleep 0.1; done\n",
        "P-sa.path starts it; declare that stopped, too",
        "systemctl stop P-sa.path");
  }

  private Case scope() {
    return heals(
        off("-sc.scope"),
        """
        systemd-run -q --scope --unit P-sc.scope sleep 3000 >/dev/null 2>&1 </dev/null &
        until systemctl is-active -q P-sc.scope; do sleep 0.1; done
        """,
        "! systemctl is-active P-sc.scope");
  }

  private Case dropIn() {
    return heals(
        Systemd.unit(prefix + "-di.service"),
        file("P-di.service", "[Service]", SLEEPS)
            + "mkdir -p /etc/systemd/system/P-di.service.d\n"
            + file("/etc/systemd/system/P-di.service.d/boot.conf", BY_BOOT)
            + reload(),
        "systemctl is-active P-di.service && systemctl is-enabled P-di.service");
  }

  private Case goneWhileItRuns() {
    return heals(
        off("-gone.service"),
        file("P-gone.service", "[Service]", SLEEPS)
            + reload("systemctl start P-gone.service", "rm /usr/lib/systemd/system/P-gone.service")
            + reload("systemctl is-active P-gone.service"),
        "! systemctl is-active P-gone.service");
  }

  private Case transientOne() {
    return heals(
        off("-run.service"),
        "systemd-run -q --unit P-run.service sleep infinity\n",
        "! systemctl is-active P-run.service");
  }

  private String script(String name) {
    return "cat >/etc/init.d/NAME <<'END'\n#!/bin/sh\n### BEGIN INIT INFO\n# Provides: NAME\n"
            .replace("NAME", name)
        + "# Required-Start: $local_fs\n# Required-Stop: $local_fs\n# Default-Start: 2 3 4 5\n"
        + "# Default-Stop: 0 1 6\n# Short-Description: old\n### END INIT INFO\n"
        + "case $1 in start) setsid sleep infinity >/dev/null 2>&1 </dev/null & ;; esac\nEND\n"
        + "chmod +x /etc/init.d/"
        + name
        + "\n";
  }

  private Case sysV() {
    return heals(
        off("-old.service"),
        script("P-old") + "update-rc.d P-old defaults\n" + reload("systemctl start P-old.service"),
        "! ls /etc/rc?.d/S*P-old && ! systemctl is-active P-old.service");
  }

  private Case sysVOn() {
    return heals(
        Systemd.unit(prefix + "-older.service"),
        script("P-older")
            + "update-rc.d P-older defaults\nupdate-rc.d P-older disable\n"
            + reload(),
        "ls /etc/rc2.d/S*P-older && systemctl is-active P-older.service");
  }

  private Case alias() {
    return fails(
        off("-name.service"),
        file("P-named.service", "[Service]", SLEEPS, BY_BOOT, "Alias=P-name.service")
            + reload("systemctl enable -q --now P-named.service"),
        "P-named.service can't be disabled: the name that is declared is a link of P-named.service",
        "systemctl is-active P-named.service && systemctl is-enabled P-name.service");
  }

  private Case linked() {
    return fails(
        off("-lo.service"),
        file("/opt/P-lo.service", "[Service]", SLEEPS, BY_BOOT)
            + "systemctl enable -q --now /opt/P-lo.service\n",
        "P-lo.service can't be disabled: its file is linked from /opt/P-lo.service",
        "systemctl is-active P-lo.service && systemctl is-enabled P-lo.service");
  }

  private Case linkedMask() {
    return fails(
        Systemd.unit(prefix + "-lm.service").masked(),
        file("/opt/P-lm.service", "[Service]", SLEEPS, BY_BOOT)
            + "systemctl enable -q --now /opt/P-lm.service\n",
        "P-lm.service can't be masked: its own file is /etc/systemd/system/P-lm.service",
        "systemctl is-active P-lm.service");
  }

  private Case instanceMask() {
    return heals(
        Systemd.unit(prefix + "-t@1.service").masked(),
        file("/etc/systemd/system/P-t@.service", "[Service]", SLEEPS, BY_BOOT)
            + reload("systemctl start P-t@1.service P-t@2.service"),
        "! systemctl is-active P-t@1.service && systemctl is-active P-t@2.service");
  }

  private Case fstab() {
    String at = "/srv/" + prefix + "-on";
    return heals(
        Systemd.unit("srv-" + prefix + "\\x2don.mount"),
        "mkdir -p %1$s; echo 'tmpfs %1$s tmpfs defaults 0 0' >>/etc/fstab\n".formatted(at)
            + reload(),
        "mountpoint -q " + at);
  }

  private Case fstabOff() {
    String at = "/srv/" + prefix + "-off";
    return fails(
        Systemd.unit("srv-" + prefix + "\\x2doff.mount").stopped().disabled(),
        "mkdir -p %1$s; echo 'tmpfs %1$s tmpfs defaults 0 0' >>/etc/fstab; mount %1$s\n"
                .formatted(at)
            + reload(),
        "can't be disabled: its source /etc/fstab says that it starts at boot",
        "mountpoint -q " + at);
  }

  private Case noStop() {
    return fails(
        off("-ns.service"),
        file("P-ns.service", "[Unit]", "RefuseManualStop=yes", "[Service]", SLEEPS, BY_BOOT)
            + reload("systemctl enable -q --now P-ns.service"),
        "P-ns.service can't be stopped: its file says RefuseManualStop=yes",
        "systemctl is-active P-ns.service && systemctl is-enabled P-ns.service");
  }

  private Case noStart() {
    return fails(
        Systemd.unit(prefix + "-nr.service"),
        file("P-nr.service", "[Unit]", "RefuseManualStart=yes", "[Service]", SLEEPS, BY_BOOT)
            + reload(),
        "P-nr.service can't be started: its file says RefuseManualStart=yes",
        "systemctl is-enabled P-nr.service | grep -x disabled");
  }

  private Case maskedStatic() {
    return fails(
        Systemd.unit(prefix + "-ms.service"),
        file("P-ms.service", "[Service]", SLEEPS) + reload("systemctl mask -q P-ms.service"),
        "P-ms.service can't be enabled: it is static",
        "systemctl is-enabled P-ms.service | grep -x masked");
  }
}
