package io.tributary.emulator;

import io.tributary.aws.testing.NodeEmulator;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a test where there is no Node.js, with a line that says so. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresNode.Condition.class)
public @interface RequiresNode {
    /** Looks for the programs {@code node} and {@code npm}. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            if (NodeEmulator.isAvailable()) {
                return ConditionEvaluationResult.enabled("node and npm are there");
            }
            String reason = "SKIPPED %s: node and npm are not on the PATH (install Node.js 20 to run it)"
                    .formatted(context.getDisplayName());
            System.err.println(reason);
            return ConditionEvaluationResult.disabled(reason);
        }
    }
}
