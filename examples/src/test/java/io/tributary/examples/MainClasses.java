package io.tributary.examples;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The main classes of all modules: neither their tests nor the jars of tests that modules share. */
final class MainClasses implements ImportOption {
    private final ImportOption withoutTests = new ImportOption.DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
        return withoutTests.includes(location) && !location.contains("-tests.jar");
    }
}
