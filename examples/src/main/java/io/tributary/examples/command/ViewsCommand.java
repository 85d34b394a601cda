package io.tributary.examples.command;

import io.tributary.examples.pipeline.DashboardViews;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.RetailViews;
import io.tributary.view.View;
import io.tributary.view.ViewColumn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

@Command(name = "views", description = "List the named views, their labs and their columns.")
final class ViewsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        List<List<String>> rows = DashboardViews.all().stream()
                .map(view -> List.of(view.name(), lab(view), columns(view)))
                .toList();
        TextTable.of(List.of("view", "lab", "columns"), rows).print(System.out);
        return 0;
    }

    /** The lab that a view answers. */
    static String lab(View<EnrichedOrder> view) {
        return RetailViews.byLab().entrySet().stream()
                .filter(lab -> lab.getValue() == view)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("ad hoc");
    }

    private static String columns(View<EnrichedOrder> view) {
        return view.columns().stream().map(ViewColumn::name).collect(Collectors.joining(", "));
    }
}
