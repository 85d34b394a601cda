package io.tributary.view;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * How long the speed layer has to keep what it knows of a view: until every published batch view covers it.
 *
 * <p>A reader holds one of the published batch views and asks the speed store for the rest. So the store may
 * forget the partitions before the least of their cuts, and nothing else. Publish first, then forget.
 */
public final class Retention {
    private Retention() {}

    /**
     * The instant before which partitions may be forgotten.
     *
     * @param publishedCuts the cuts of all batch views that readers may hold
     * @return {@link Instant#MIN} for none: nothing may be forgotten
     */
    public static Instant forgettableBefore(Collection<Instant> publishedCuts) {
        return publishedCuts.stream().min(Comparator.naturalOrder()).orElse(Instant.MIN);
    }
}
