package io.tributary.examples.command;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** The version of the build that made the executable, from its manifest. */
final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = BuildVersion.class.getPackage().getImplementationVersion();
        return new String[] {"Tributary " + Optional.ofNullable(version).orElse("(not packaged)")};
    }
}
