package io.tributary.examples.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What befalls the job. When one returns, its cause is mended and the job may still be recovering. */
enum Fault {
    /** {@code kill -9} of a TaskManager. */
    KILL_TASK_MANAGER {
        @Override
        void strike(Scene scene, Random random) throws Exception {
            scene.cluster().killTaskManager(scene.cluster().anyAtWork(random));
        }
    },
    /** {@code kill -9} of the JobManager; the job is submitted again from its newest checkpoint. */
    KILL_JOB_MANAGER {
        @Override
        void strike(Scene scene, Random random) throws Exception {
            scene.cluster().killJobManager();
            scene.job().submit();
        }
    },
    /** A TaskManager stands still until it counts as dead, wakes when another does its work, and goes on with it. */
    FREEZE_TASK_MANAGER {
        @Override
        void strike(Scene scene, Random random) throws Exception {
            JavaProcess victim = scene.cluster().taskManager(scene.cluster().anyAtWork(random));
            victim.freeze();
            pause(FlinkCluster.HEARTBEAT_TIMEOUT.plusMillis(random.nextInt(3_000)));
            victim.thaw();
        }
    },
    /** The store breaks off all requests. */
    CUT_STORE {
        @Override
        void strike(Scene scene, Random random) throws Exception {
            scene.store().cut();
            pause(Duration.ofMillis(500 + random.nextInt(4_000)));
            scene.store().mend();
        }
    },
    /** All files of the TaskManagers, the lake's and those of checkpoints, end after a few kilobytes. */
    FILL_DISK {
        @Override
        void strike(Scene scene, Random random) throws Exception {
            int bytes = 1 + random.nextInt(16 << 10);
            for (int i = 0; i < FlinkCluster.TASK_MANAGERS; i++) {
                scene.cluster().taskManager(i).limitFiles(bytes);
            }
            pause(Duration.ofMillis(500 + random.nextInt(3_000)));
            for (int i = 0; i < FlinkCluster.TASK_MANAGERS; i++) {
                scene.cluster().taskManager(i).limitFilesNoMore();
            }
        }
    },
    /** The directory of the lake is away, and a file in its place. */
    LOSE_DIRECTORY {
        @Override
        void strike(Scene scene, Random random) throws Exception {
            Path link = scene.lake();
            Path directory = Files.readSymbolicLink(link);
            Path file = Files.writeString(link.resolveSibling("no-directory"), "");
            relink(link, file);
            pause(Duration.ofMillis(500 + random.nextInt(3_000)));
            relink(link, directory);
        }

        private void relink(Path link, Path target) throws IOException {
            Path next = Files.createSymbolicLink(link.resolveSibling("next-link"), target);
            Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
        }
    };

    /**
     * What faults befall.
     *
     * @param store stands before the real one
     * @param lake a symbolic link to the directory
     */
    record Scene(FlinkCluster cluster, SubmittedJob job, BrittleProxy store, Path lake) {}

    abstract void strike(Scene scene, Random random) throws Exception;

    /** Whether a process dies of it. */
    boolean isKill() {
        return this == KILL_TASK_MANAGER || this == KILL_JOB_MANAGER;
    }

    private static void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
}
