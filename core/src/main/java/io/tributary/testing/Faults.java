package io.tributary.testing;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Which calls of something fail, and how: by a script, or by chance from a seed. Several things may share them. Safe for
 * threads, though it depends on these which of them meets a fault.
 */
public final class Faults {
    private static final Fault[] ALL = {Fault.FAIL_BEFORE, Fault.FAIL_AFTER, Fault.DELAY, Fault.DUPLICATE};
    private static final long DELAY_NANOS = 20_000_000;

    /** What becomes of a call. */
    public enum Fault {
        /** Nothing: it is made. */
        NONE,
        /** It is not made, and an exception is thrown. */
        FAIL_BEFORE,
        /** It is made, and an exception is thrown all the same: the caller cannot know. */
        FAIL_AFTER,
        /** It is made after 20 milliseconds. */
        DELAY,
        /** It is made twice; the second result is given. */
        DUPLICATE
    }

    /** Tells that a call failed on purpose. */
    public static final class InjectedFaultException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Fault fault;

        InjectedFaultException(String call, long number, Fault fault) {
            super("Cannot %s: injected fault %s at call %d".formatted(call, fault, number));
            this.fault = fault;
        }

        /** Whether the call was made all the same, or not. */
        public Fault fault() {
            return fault;
        }
    }

    private final Deque<Fault> script;
    private @Nullable Random random;
    private final double probability;
    private long calls;
    private long met;

    private Faults(List<Fault> script, @Nullable Random random, double probability) {
        this.script = new ArrayDeque<>(script);
        this.random = random;
        this.probability = probability;
    }

    /** The fault of each call from the first on; the calls after them are made. */
    public static Faults script(Fault... faults) {
        return new Faults(List.of(faults), null, 0);
    }

    /**
     * A fault at some calls, of any kind: the same for the same seed.
     *
     * @param probability that a call meets one, from 0 to 1
     */
    public static Faults seeded(long seed, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "Invalid probability of a fault: %s (must be from 0 to 1)".formatted(probability));
        }
        return new Faults(List.of(), new Random(seed), probability);
    }

    /** The n-th call from now on meets a fault, and none other; the next one is the first. */
    public synchronized void only(int call, Fault fault) {
        if (call < 1) {
            throw new IllegalArgumentException("Invalid call: %d (must be from 1, the next one, on)".formatted(call));
        }
        script.clear();
        random = null;
        script.addAll(Collections.nCopies(call - 1, Fault.NONE));
        script.add(fault);
    }

    /** No call fails any more. */
    public synchronized void stop() {
        script.clear();
        random = null;
    }

    /** How many calls there were. */
    public synchronized long calls() {
        return calls;
    }

    /** How many of them met a fault. */
    public synchronized long met() {
        return met;
    }

    private Fault next() {
        calls++;
        Fault fault = dealt();
        if (fault != Fault.NONE) {
            met++;
        }
        return fault;
    }

    private Fault dealt() {
        Fault scripted = script.poll();
        if (scripted != null) {
            return scripted;
        }
        return random != null && random.nextDouble() < probability ? ALL[random.nextInt(ALL.length)] : Fault.NONE;
    }

    /**
     * Makes a call, or what its fault leaves of it.
     *
     * @param call what it does, for messages, such as {@code put slices}
     * @throws InjectedFaultException when it meets a fault that fails
     */
    public <T> T call(String call, Callable<T> effect) throws Exception {
        Fault fault;
        long number;
        synchronized (this) {
            fault = next();
            number = calls;
        }
        switch (fault) {
            case FAIL_BEFORE -> throw new InjectedFaultException(call, number, fault);
            case FAIL_AFTER -> {
                effect.call();
                throw new InjectedFaultException(call, number, fault);
            }
            case DELAY -> LockSupport.parkNanos(DELAY_NANOS);
            case DUPLICATE -> effect.call();
            case NONE -> {}
        }
        return effect.call();
    }
}
