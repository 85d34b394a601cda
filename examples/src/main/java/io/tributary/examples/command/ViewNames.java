package io.tributary.examples.command;

import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which views a command works on. */
final class ViewNames {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..*",
            paramLabel = "VIEW",
            description = "Views or their labs; see the command 'views' (default: all of them).")
    private List<String> names = List.of();

    List<View<EnrichedOrder>> views() {
        return names.isEmpty()
                ? DashboardViews.all()
                : names.stream().map(name -> find(spec, name)).distinct().toList();
    }

    static View<EnrichedOrder> find(CommandSpec spec, String name) {
        return DashboardViews.find(name)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "Invalid view: %s (must be one of %s, or a lab: %s)"
                                .formatted(
                                        name,
                                        DashboardViews.all().stream()
                                                .map(View::name)
                                                .toList(),
                                        RetailViews.byLab().keySet())));
    }
}
