package dev.fluke.cli.http;

import dev.fluke.cli.access.Caller;
import dev.fluke.reconcile.Reconciler;
import dev.fluke.report.ApplyOutput;
import dev.fluke.report.FleetStatus.AgentStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What failed applies printed, as a caller may see it: of agents that match his selector by the
 * labels that they have now and had then.
 */
record RunOutputs(Reconciler reconciler) {
  private static final int MOST = 100;

  /**
   * Adds the outputs of these runs to a view, the oldest first.
   *
   * @param agent only this one's, if it is given
   * @return whether there is one
   */
  boolean addTo(
      Map<String, Object> view, Caller caller, Collection<String> runs, Optional<String> agent) {
    Map<String, Map<String, String>> labels =
        reconciler.status().agents().stream()
            .collect(Collectors.toMap(AgentStatus::name, AgentStatus::labels));
    List<ApplyOutput> seen =
        runs.stream()
            .distinct()
            .flatMap(run -> reconciler.output(run).stream())
            .filter(output -> agent.isEmpty() || agent.get().equals(output.agent()))
            .filter(output -> caller.knows(output.agent(), output.labels()))
            .filter(
                output ->
                    caller.knows(
                        output.agent(), labels.getOrDefault(output.agent(), output.labels())))
            .toList();
    if (!seen.isEmpty()) {
      view.put("outputs", seen.stream().limit(MOST).map(Views::output).toList());
    }
    if (seen.size() > MOST) {
      view.put("more_outputs", seen.size() - MOST);
    }
    return !seen.isEmpty();
  }
}
