package io.tributary.examples;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;

/** The main classes of all modules: neither their tests nor the jars of tests that modules share. */
final class MainClasses implements ImportOption {
    private final ImportOption withoutTests = new ImportOption.DoNotIncludeTests();

    /** The classes by themselves: what they use of others is known by name only, as looking into those takes long. */
    static JavaClasses alone() {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().withImportOption(new MainClasses()).importPackages("io.tributary");
        });
    }

    @Override
    public boolean includes(Location location) {
        return withoutTests.includes(location) && !location.contains("-tests.jar");
    }
}
