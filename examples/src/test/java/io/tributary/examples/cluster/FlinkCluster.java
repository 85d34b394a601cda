package io.tributary.examples.cluster;

import io.tributary.aws.testing.NodeEmulator;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagerInfo;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersInfo;

/**
 * A Flink of several processes without high availability: a JobManager and two TaskManagers, each of which can
 * run the whole job alone. Made of the build's own jars; its logs are in its directory.
 */
final class FlinkCluster implements AutoCloseable {
    static final int TASK_MANAGERS = 2;
    /** After which a process that is not heard of counts as dead. */
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(5);

    /** The jars that a distribution of Flink has: its own, and what these need. */
    private static final Pattern FLINK_JARS = Pattern.compile(
            "/(org/apache/flink|org/slf4j|org/apache/commons|commons-[a-z]+|com/esotericsoftware|org/objenesis"
                    + "|org/lz4|at/yawk|org/xerial|org/javassist|org/snakeyaml|com/ibm/icu)/");

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path directory;
    private final Map<String, String> environment;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final String classPath;
    private final List<JavaProcess> taskManagers = new ArrayList<>();
    private final List<String> names = new ArrayList<>(Collections.nCopies(TASK_MANAGERS, ""));
    private JavaProcess jobManager;
    private int started;

    private FlinkCluster(Path directory, Map<String, String> environment) throws IOException {
        this.directory = directory;
        this.environment = new HashMap<>(environment);
        this.environment.put("FLINK_CONF_DIR", configuration().toString());
        this.classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(jar -> FLINK_JARS.matcher(jar).find())
                .filter(jar -> !jar.contains("test-utils") && !jar.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
        settings.put("jobmanager.rpc.address", "127.0.0.1");
        settings.put("jobmanager.rpc.port", "" + NodeEmulator.freePort());
        settings.put("jobmanager.memory.process.size", "700m");
        settings.put("rest.address", "127.0.0.1");
        settings.put("rest.bind-address", "127.0.0.1");
        settings.put("rest.port", "" + NodeEmulator.freePort());
        settings.put("taskmanager.host", "127.0.0.1");
        settings.put("taskmanager.bind-host", "127.0.0.1");
        settings.put("taskmanager.numberOfTaskSlots", "2");
        settings.put("taskmanager.load-balance.mode", "SLOTS");
        settings.put("taskmanager.cpu.cores", "2");
        settings.put("taskmanager.memory.framework.heap.size", "96m");
        settings.put("taskmanager.memory.framework.off-heap.size", "64m");
        settings.put("taskmanager.memory.task.heap.size", "160m");
        settings.put("taskmanager.memory.task.off-heap.size", "16m");
        settings.put("taskmanager.memory.managed.size", "16m");
        settings.put("taskmanager.memory.network.min", "32m");
        settings.put("taskmanager.memory.network.max", "32m");
        settings.put("taskmanager.memory.jvm-metaspace.size", "192m");
        settings.put("taskmanager.memory.jvm-overhead.min", "64m");
        settings.put("taskmanager.memory.jvm-overhead.max", "64m");
        settings.put("heartbeat.interval", "1 s");
        settings.put("heartbeat.timeout", HEARTBEAT_TIMEOUT.toSeconds() + " s");
        settings.put("cluster.registration.error-delay", "500 ms");
        settings.put("cluster.registration.refused-registration-delay", "500 ms");
        settings.put("restart-strategy.type", "fixed-delay");
        settings.put("restart-strategy.fixed-delay.attempts", "100000");
        settings.put("restart-strategy.fixed-delay.delay", "500 ms");
        settings.put("execution.checkpointing.dir", checkpoints().toUri().toString());
        settings.put("execution.checkpointing.tolerable-failed-checkpoints", "100000");
        settings.put("execution.checkpointing.timeout", "30 s");
        settings.put("parallelism.default", "2");
        settings.put("pipeline.generic-types", "false");
        settings.put(
                "io.tmp.dirs", Files.createDirectories(directory.resolve("tmp")).toString());
    }

    /** @param environment of all processes */
    static FlinkCluster start(Path directory, Map<String, String> environment) throws IOException {
        FlinkCluster cluster = new FlinkCluster(directory, environment);
        Files.write(
                Files.createDirectories(cluster.configuration()).resolve("config.yaml"),
                cluster.settings.entrySet().stream()
                        .map(setting -> setting.getKey() + ": " + setting.getValue())
                        .toList());
        Files.createDirectories(directory.resolve("logs"));
        cluster.startJobManager();
        for (int i = 0; i < TASK_MANAGERS; i++) {
            cluster.taskManagers.add(cluster.newTaskManager(i));
        }
        return cluster;
    }

    Path directory() {
        return directory;
    }

    /** Where the jobs keep what they can be resumed from. */
    Path checkpoints() {
        return directory.resolve("checkpoints");
    }

    RestClusterClient<String> client() throws Exception {
        return new RestClusterClient<>(Configuration.fromMap(settings), "the cluster of the test");
    }

    /** The command {@code flink}. */
    void flink(List<String> arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("-Xmx256m", "--add-opens=java.base/java.util=ALL-UNNAMED"));
        command.add("org.apache.flink.client.cli.CliFrontend");
        command.addAll(arguments);
        try (JavaProcess client = start("client", command)) {
            int code = client.await(PATIENCE);
            if (code != 0) {
                throw new IllegalStateException("Cannot run flink %s: it ended with code %d, see %s"
                        .formatted(arguments.get(0), code, directory.resolve("logs/client.log")));
            }
        }
    }

    private Path configuration() {
        return directory.resolve("conf");
    }

    private JavaProcess newTaskManager(int index) {
        names.set(index, "taskmanager-" + ++started);
        return start(
                names.get(index),
                List.of(
                        "-Xmx256m",
                        "-XX:MaxDirectMemorySize=128m",
                        "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                        "-Dtaskmanager.resource-id=" + names.get(index),
                        "--configDir",
                        configuration().toString()));
    }

    private void startJobManager() {
        jobManager = start(
                "jobmanager",
                List.of(
                        "-Xmx384m",
                        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
                        "--configDir",
                        configuration().toString()));
    }

    private JavaProcess start(String name, List<String> command) {
        List<String> arguments = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS"));
        arguments.addAll(command);
        return JavaProcess.start(classPath, arguments, environment, directory.resolve("logs/" + name + ".log"));
    }

    JavaProcess taskManager(int index) {
        return taskManagers.get(index);
    }

    /** One of the TaskManagers that run tasks, if the JobManager can tell, else any. */
    int anyAtWork(Random random) throws Exception {
        List<Integer> atWork = new ArrayList<>();
        try (RestClusterClient<String> client = client()) {
            TaskManagersInfo found = client.sendRequest(
                            TaskManagersHeaders.getInstance(),
                            EmptyMessageParameters.getInstance(),
                            EmptyRequestBody.getInstance())
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            for (TaskManagerInfo info : found.getTaskManagerInfos()) {
                int index = names.indexOf(info.getResourceId().toString());
                if (index >= 0 && info.getNumberAvailableSlots() < info.getNumberSlots()) {
                    atWork.add(index);
                }
            }
        }
        return atWork.isEmpty() ? random.nextInt(TASK_MANAGERS) : atWork.get(random.nextInt(atWork.size()));
    }

    /** Kills a TaskManager and starts another in its place. */
    void killTaskManager(int index) throws InterruptedException {
        taskManagers.get(index).kill();
        taskManagers.set(index, newTaskManager(index));
    }

    /** Kills the JobManager, which forgets its job, and starts another. */
    void killJobManager() throws InterruptedException {
        jobManager.kill();
        startJobManager();
    }

    /** Replaces the TaskManagers that have ended by themselves. */
    int replaceEnded() {
        int replaced = 0;
        for (int i = 0; i < taskManagers.size(); i++) {
            if (!taskManagers.get(i).isAlive()) {
                taskManagers.set(i, newTaskManager(i));
                replaced++;
            }
        }
        return replaced;
    }

    @Override
    public void close() {
        jobManager.close();
        taskManagers.forEach(JavaProcess::close);
    }
}
