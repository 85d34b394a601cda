package io.tributary.examples.cloudformation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.batch.athena.AthenaTable;
import io.tributary.batch.athena.LakeLocation;
import io.tributary.batch.athena.TableName;
import io.tributary.batch.lake.WriterOptions;
import io.tributary.examples.job.RunSpeedJob;
import io.tributary.retail.EnrichedOrder;
import io.tributary.retail.Product;
import io.tributary.retail.RetailLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The template repeats what the code says; what differs is shown here. */
class ConvenienceStoreTemplateTest {
    private static final Path FILE = Path.of("src/main/cloudformation/convenience-store.yaml");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}.]+)[^}]*}");
    private static Map<String, Object> template = Map.of();

    /** A value with a tag, such as {@code !Sub}. */
    private record Call(String function, List<Object> arguments) {}

    @BeforeAll
    static void load() throws IOException {
        Map<Tag, ConstructNode> functions = new LinkedHashMap<>();
        for (String function : List.of("Ref", "Sub", "GetAtt", "Not", "Equals")) {
            functions.put(new Tag("!" + function), node -> new Call(function, arguments(node, functions)));
        }
        LoadSettings settings = LoadSettings.builder()
                .setTagConstructors(functions)
                .setAllowDuplicateKeys(false)
                .build();
        template = map(new Load(settings).loadFromString(Files.readString(FILE)));
    }

    private static List<Object> arguments(Node node, Map<Tag, ConstructNode> functions) {
        if (node instanceof ScalarNode scalar) {
            return List.of(scalar.getValue());
        }
        List<Object> arguments = new ArrayList<>();
        for (Node element : ((SequenceNode) node).getValue()) {
            ConstructNode function = functions.get(element.getTag());
            arguments.add(function == null ? ((ScalarNode) element).getValue() : function.construct(element));
        }
        return arguments;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    /** A value below the properties of a resource. */
    private static Object property(String resource, String... path) {
        Object value = map(map(template.get("Resources")).get(resource)).get("Properties");
        for (String name : path) {
            value = map(value).get(name);
        }
        return value;
    }

    private static List<List<Object>> columns(Object list) {
        return ((List<?>) list)
                .stream()
                        .map(column -> Stream.of("Name", "Type", "Comment")
                                .map(field -> map(column).getOrDefault(field, ""))
                                .toList())
                        .toList();
    }

    @Test
    void ordersAreDeliveredToTheLayoutsPaths() {
        String destination = "ExtendedS3DestinationConfiguration";
        assertThat(property("Delivery", destination, "Prefix")).isEqualTo(RetailLake.LAYOUT.template());
        assertThat(property("Delivery", destination, "ErrorOutputPrefix"))
                .isEqualTo(WriterOptions.defaults().errorPrefix().template());
    }

    @Test
    void theTableHasTheSchemasColumns() {
        assertThat(columns(property("OrdersTable", "TableInput", "StorageDescriptor", "Columns")))
                .isEqualTo(EnrichedOrder.SCHEMA.columns().stream()
                        .map(column ->
                                List.<Object>of(column.name(), column.type().hiveType(), column.comment()))
                        .toList());
        assertThat(columns(property("OrdersTable", "TableInput", "PartitionKeys")))
                .isEqualTo(RetailLake.LAYOUT.columns().stream()
                        .map(column -> List.<Object>of(column.name(), column.hiveType(), ""))
                        .toList());
        assertThat(property("OrdersTable", "TableInput", "Name")).isEqualTo(EnrichedOrder.SCHEMA.name());
    }

    @Test
    void theTableIsThatOfTheDdl() {
        AthenaTable<EnrichedOrder> table = AthenaTable.json(
                new TableName("db", "t"), EnrichedOrder.SCHEMA, LakeLocation.bucket("bucket", RetailLake.LAYOUT));
        assertThat(property("OrdersTable", "TableInput", "StorageDescriptor", "Location"))
                .isEqualTo(new Call("Sub", List.of(table.location().table().replace("//bucket/", "//${Bucket}/"))));
        String ddl = table.create().sql();
        for (String format : List.of("InputFormat", "OutputFormat")) {
            assertThat(ddl).contains("'" + property("OrdersTable", "TableInput", "StorageDescriptor", format) + "'");
        }
        assertThat(ddl)
                .contains("SERDE\n  '"
                        + property(
                                "OrdersTable", "TableInput", "StorageDescriptor", "SerdeInfo", "SerializationLibrary")
                        + "'");
    }

    @Test
    void productsAreFoundByTheirCode() {
        String key = Product.PRODUCT_CD.name();
        assertThat(property("ProductsTable", "KeySchema"))
                .isEqualTo(List.of(Map.of("AttributeName", key, "KeyType", "HASH")));
        assertThat(property("ProductsTable", "AttributeDefinitions"))
                .isEqualTo(List.of(Map.of("AttributeName", key, "AttributeType", "S")));
    }

    @Test
    void theSpeedLayerRunsOnTheFlinkThatItIsBuiltFor() {
        assertThat(property("SpeedApplication", "RuntimeEnvironment")).isEqualTo("FLINK-2_2");
    }

    @Test
    void theApplicationsPropertiesAreOptionsOfTheJob() {
        List<String> given = new ArrayList<>();
        for (Object group : (List<?>)
                property("SpeedApplication", "ApplicationConfiguration", "EnvironmentProperties", "PropertyGroups")) {
            assertThat(map(group)).containsEntry("PropertyGroupId", "tributary");
            map(map(group).get("PropertyMap")).keySet().forEach(name -> given.add("--" + name));
        }
        List<String> known = new ArrayList<>();
        List<String> required = new ArrayList<>();
        for (OptionSpec option :
                CommandSpec.forAnnotatedObject(new RunSpeedJob()).options()) {
            known.add(option.longestName());
            if (option.required()) {
                required.add(option.longestName());
            }
        }
        assertThat(known).containsAll(given);
        assertThat(given).containsAll(required);
    }

    private static String lakeOfTheJob() {
        Object lake = map(map(((List<?>) property(
                                        "SpeedApplication",
                                        "ApplicationConfiguration",
                                        "EnvironmentProperties",
                                        "PropertyGroups"))
                                .get(0))
                        .get("PropertyMap"))
                .get("lake");
        return ((Call) lake).arguments().get(0).toString();
    }

    /** One lake with both would have each order twice. */
    @Test
    void firehoseAndTheJobDeliverToLakesApart() {
        String bucket = "s3://${Bucket}/";
        assertThat(lakeOfTheJob()).isEqualTo(bucket + "speed/");
        for (String name : List.of("Prefix", "ErrorOutputPrefix")) {
            String firehose = bucket + property("Delivery", "ExtendedS3DestinationConfiguration", name);
            assertThat(firehose).doesNotStartWith(lakeOfTheJob());
            assertThat(lakeOfTheJob()).doesNotStartWith(firehose);
        }
        assertThat(map(template.get("Conditions"))).containsOnlyKeys("WithSpeedLayer");
        List<Object> putByTheJob = new ArrayList<>();
        visit(map(template.get("Resources")).get("SpeedRole"), value -> {
            if (value instanceof Map<?, ?> map && map.containsKey("Effect")) {
                Map<String, Object> statement = map(map);
                if (flat(statement.get("Action")).contains("s3:PutObject")) {
                    putByTheJob.addAll(flat(statement.get("Resource")));
                }
            }
        });
        assertThat(putByTheJob).containsExactly(new Call("Sub", List.of("${Bucket.Arn}/speed/*")));
    }

    @Test
    void whateverIsReferredToIsThere() {
        Set<String> known = new HashSet<>(map(template.get("Parameters")).keySet());
        known.addAll(map(template.get("Resources")).keySet());
        known.addAll(List.of("AWS::AccountId", "AWS::Partition", "AWS::Region"));
        List<String> referred = new ArrayList<>();
        visit(template, value -> {
            if (value instanceof Call call) {
                String text = call.arguments().get(0).toString();
                switch (call.function()) {
                    case "Ref" -> referred.add(text);
                    case "GetAtt" -> referred.add(text.substring(0, text.indexOf('.')));
                    case "Sub" ->
                        PLACEHOLDER
                                .matcher(text)
                                .results()
                                .map(found -> found.group(1))
                                .forEach(referred::add);
                    default -> {}
                }
            }
        });
        assertThat(referred).isNotEmpty().isSubsetOf(known);
        Set<Object> conditions = new HashSet<>(map(template.get("Conditions")).keySet());
        map(template.get("Resources")).values().stream()
                .map(resource -> map(resource).get("Condition"))
                .filter(condition -> condition != null)
                .forEach(condition -> assertThat(conditions).contains(condition));
    }

    @Test
    void noRoleMayDoEverythingOrAnywhere() {
        List<Map<String, Object>> statements = new ArrayList<>();
        visit(template, value -> {
            if (value instanceof Map<?, ?> map && map.containsKey("Effect")) {
                statements.add(map(map));
            }
        });
        assertThat(statements).hasSizeGreaterThan(10).allSatisfy(statement -> {
            assertThat(flat(statement.get("Action")))
                    .noneMatch(action -> action.toString().contains("*"));
            if (!statement.containsKey("Principal")) {
                assertThat(flat(statement.get("Resource")))
                        .isNotEmpty()
                        .allMatch(resource -> resource instanceof Call, "names a resource of this stack")
                        .noneMatch(resource -> resource.toString().contains(":*")
                                && !statement.get("Action").equals("logs:DescribeLogGroups"));
            }
        });
    }

    @Test
    void theParticipantMayPutWhatTheCommandsPutIntoTheStacksLakes() {
        for (String action : List.of("s3:GetObject", "s3:PutObject", "s3:DeleteObject")) {
            assertThat(allowed(action))
                    .contains(
                            new Call("Sub", List.of("${Bucket.Arn}/speed/*")),
                            new Call("Sub", List.of("${Bucket.Arn}/data/*")),
                            new Call("Sub", List.of("${Bucket.Arn}/batch_views/*")));
        }
    }

    @Test
    void theParticipantMayLookForTheDefaultDatabaseAsAthenaDoes() {
        String glue = "arn:${AWS::Partition}:glue:${AWS::Region}:${AWS::AccountId}:";
        for (String action : List.of("glue:GetDatabase", "glue:CreateDatabase")) {
            assertThat(allowed(action))
                    .contains(
                            new Call("Sub", List.of(glue + "catalog")),
                            new Call("Sub", List.of(glue + "database/default")));
        }
    }

    /** What the participant may do this action with. */
    private static List<Object> allowed(String action) {
        List<Object> resources = new ArrayList<>();
        for (Object statement : (List<?>) property("ParticipantPolicy", "PolicyDocument", "Statement")) {
            if (flat(map(statement).get("Action")).contains(action)) {
                resources.addAll(flat(map(statement).get("Resource")));
            }
        }
        return resources;
    }

    private static List<?> flat(Object value) {
        return value instanceof List<?> list ? list : List.of(value);
    }

    private static void visit(Object value, Consumer<Object> visitor) {
        visitor.accept(value);
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(child -> visit(child, visitor));
        } else if (value instanceof List<?> list) {
            list.forEach(child -> visit(child, visitor));
        } else if (value instanceof Call call) {
            call.arguments().forEach(child -> visit(child, visitor));
        }
    }
}
