package io.tributary.examples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasModifiers.Predicates.modifier;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.NullMarked;

/** The house rules that bytecode can show, on the main classes of all modules. */
@AnalyzeClasses(packages = "io.tributary", importOptions = MainClasses.class)
class ArchitectureTest {
    private static final String EXAMPLES = "io.tributary.examples..";
    private static final String RETAIL = "io.tributary.retail..";
    private static final String AWS = "io.tributary.aws..";
    private static final String[] CORE = {
        "io.tributary",
        "io.tributary.schema..",
        "io.tributary.codec..",
        "io.tributary.partition..",
        "io.tributary.lake..",
        "io.tributary.view..",
        "io.tributary.enrich..",
        "io.tributary.config..",
        "io.tributary.testing..",
        RETAIL,
        AWS
    };
    private static final String[] LAYERS = {"io.tributary.batch..", "io.tributary.speed..", "io.tributary.serving.."};

    private static final DescribedPredicate<JavaClass> IN_CORE = resideInAnyPackage(CORE);
    private static final DescribedPredicate<JavaClass> OUTSIDE_TRIBUTARY = not(resideInAPackage("io.tributary.."));
    private static final Set<String> OPTIONALS = Set.of(
            Optional.class.getName(),
            OptionalInt.class.getName(),
            OptionalLong.class.getName(),
            OptionalDouble.class.getName());

    @ArchTest
    static final ArchRule every_class_lies_in_core_in_a_layer_or_in_the_examples = classes()
            .should()
            .resideInAnyPackage(CORE)
            .orShould()
            .resideInAnyPackage(LAYERS)
            .orShould()
            .resideInAPackage(EXAMPLES);

    @ArchTest
    static final ArchRule the_batch_layer_builds_on_core_alone = buildsOnCoreAlone("io.tributary.batch..");

    @ArchTest
    static final ArchRule the_speed_layer_builds_on_core_alone = buildsOnCoreAlone("io.tributary.speed..");

    @ArchTest
    static final ArchRule the_serving_layer_builds_on_core_alone = buildsOnCoreAlone("io.tributary.serving..");

    @ArchTest
    static final ArchRule core_depends_on_few_libraries = classes()
            .that(IN_CORE)
            .and(not(resideInAPackage(AWS)))
            .should()
            .onlyDependOnClassesThat(IN_CORE.and(not(resideInAPackage(AWS)))
                    .or(resideInAnyPackage(
                            "java..",
                            "com.fasterxml.jackson..",
                            "com.github.benmanes.caffeine..",
                            "de.siegmar.fastcsv..",
                            "org.slf4j..",
                            "org.jspecify..")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule aws_depends_on_core_and_the_sdk = classes()
            .that()
            .resideInAPackage(AWS)
            .should()
            .onlyDependOnClassesThat(IN_CORE.or(resideInAnyPackage(
                    "java..",
                    "com.fasterxml.jackson..",
                    "org.reactivestreams..",
                    "org.slf4j..",
                    "org.jspecify..",
                    "software.amazon.awssdk..")))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule only_the_examples_know_about_stores = noClasses()
            .that()
            .resideOutsideOfPackages(RETAIL, EXAMPLES)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(RETAIL);

    @ArchTest
    static final ArchRule every_package_is_null_marked = classes().should(lieInANullMarkedPackage());

    @ArchTest
    static final ArchRule names_say_what_a_class_is =
            noClasses().should().haveNameMatching(".*(Utils?|Helpers?|Manager|Impl|Misc|Common)");

    @ArchTest
    static final ArchRule time_is_injected = noClasses()
            .that()
            .resideOutsideOfPackage(EXAMPLES)
            .should(accessTargetWhere(
                    DescribedPredicate.describe("reads the machine's clock", ArchitectureTest::readsClock)));

    @ArchTest
    static final ArchRule java_util_logging_is_not_used = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule only_the_examples_print =
            noClasses().that().resideOutsideOfPackage(EXAMPLES).should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);

    @ArchTest
    static final ArchRule money_is_never_a_float = noFields()
            .that()
            .areDeclaredInClassesThat(resideInAPackage(RETAIL))
            .should()
            .haveRawType(DescribedPredicate.describe(
                    "float or double",
                    type -> Set.of("float", "double", "java.lang.Float", "java.lang.Double")
                            .contains(type.getName())));

    /** But for a record's component, whose accessor returns it. */
    @ArchTest
    static final ArchRule optional_is_no_field = noFields()
            .that()
            .areDeclaredInClassesThat(not(assignableTo(Record.class)))
            .should()
            .haveRawType(DescribedPredicate.describe("Optional", ArchitectureTest::isOptional));

    @ArchTest
    static final ArchRule optional_is_no_parameter = codeUnits().should(takeNoOptional());

    /** But for checks, which are told whether their condition holds. */
    @ArchTest
    static final ArchRule no_flags_are_given = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat(resideOutsideOfPackage(EXAMPLES).and(modifier(JavaModifier.PUBLIC)))
            .and()
            .haveNameNotMatching("holds\\w*|that")
            .should(takeNoFlag());

    /** In paths and queries alike a plus sign would be one, or a space. */
    @ArchTest
    static final ArchRule spaces_are_not_escaped_by_plus_signs =
            noClasses().should().dependOnClassesThat().haveNameMatching("java\\.net\\.URL(En|De)coder");

    private static ArchRule buildsOnCoreAlone(String layer) {
        return classes()
                .that()
                .resideInAPackage(layer)
                .should()
                .onlyDependOnClassesThat(resideInAPackage(layer)
                        .or(IN_CORE.and(not(resideInAPackage(RETAIL))))
                        .or(OUTSIDE_TRIBUTARY))
                .allowEmptyShould(true);
    }

    private static boolean readsClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        String name = access.getTarget().getName();
        if (owner.equals("java.lang.System")) {
            return name.equals("currentTimeMillis");
        }
        if (owner.equals("java.time.Clock")) {
            return name.startsWith("system") || name.startsWith("tick");
        }
        return owner.startsWith("java.time.")
                && name.equals("now")
                && access.getTarget() instanceof CodeUnitAccessTarget target
                && target.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(Clock.class));
    }

    private static boolean isOptional(JavaClass type) {
        return OPTIONALS.contains(type.getName());
    }

    private static ArchCondition<JavaClass> lieInANullMarkedPackage() {
        return new ArchCondition<>("lie in a @NullMarked package (add a package-info.java)") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
                events.add(new SimpleConditionEvent(
                        type, marked, "%s is not @NullMarked".formatted(type.getPackageName())));
            }
        };
    }

    private static ArchCondition<JavaMethod> takeNoFlag() {
        return new ArchCondition<>("take no flag (give each intent a name of its own)") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean clean =
                        method.getRawParameterTypes().stream().noneMatch(type -> type.isEquivalentTo(boolean.class));
                events.add(new SimpleConditionEvent(method, clean, "%s takes a flag".formatted(method.getFullName())));
            }
        };
    }

    /** Asks for it of what others can call; a private method may be handed what a lookup returned. */
    private static ArchCondition<JavaCodeUnit> takeNoOptional() {
        return new ArchCondition<>("take no Optional") {
            @Override
            public void check(JavaCodeUnit unit, ConditionEvents events) {
                boolean hidden = unit.getModifiers().contains(JavaModifier.PRIVATE);
                boolean ofRecord = unit.isConstructor() && unit.getOwner().isAssignableTo(Record.class);
                boolean clean = hidden
                        || ofRecord
                        || unit.getRawParameterTypes().stream().noneMatch(ArchitectureTest::isOptional);
                events.add(new SimpleConditionEvent(unit, clean, "%s takes an Optional".formatted(unit.getFullName())));
            }
        };
    }
}
