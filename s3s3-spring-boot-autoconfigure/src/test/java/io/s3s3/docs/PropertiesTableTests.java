package io.s3s3.docs;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of properties.md are those of the metadata.
 */
class PropertiesTableTests {

	private static final String PRIMARY = "s3s3.primary.";

	private static final String SECONDARY = "s3s3.secondary.";

	private static final List<String> GROUPS = List.of("s3s3.failover.", "s3s3.transfer.", "s3s3.hedge.",
			"s3s3.circuit.", "s3s3.probe.", "s3s3.failback.", "s3s3.consistency.");

	private static final Map<String, String> TYPES = Map.of("java.lang.Boolean", "boolean", "java.lang.Integer",
			"integer", "java.lang.Float", "number", "java.lang.Double", "number", "java.lang.String", "string",
			"java.time.Duration", "duration", "org.springframework.util.unit.DataSize", "size", "java.io.File", "path",
			"java.util.List<java.lang.Integer>", "list of integers");

	private final Page page = Page.named("properties.md");

	@ParameterizedTest
	@ValueSource(strings = { PRIMARY, SECONDARY })
	void hasThePropertiesOfALocation(String prefix) throws IOException {
		table(Metadata.properties().stream().filter((property) -> Metadata.name(property).startsWith(prefix)).toList(),
				prefix)
			.isIn(this.page);
	}

	@ParameterizedTest
	@FieldSource("GROUPS")
	void hasThePropertiesOfAGroup(String group) throws IOException {
		table(Metadata.properties().stream().filter((property) -> Metadata.name(property).startsWith(group)).toList(),
				"")
			.isIn(this.page);
	}

	@Test
	void hasAllOtherProperties() throws IOException {
		table(Metadata.properties().stream().filter((property) -> isOfNoGroup(Metadata.name(property))).toList(), "")
			.isIn(this.page);
	}

	private static boolean isOfNoGroup(String name) {
		return !name.startsWith(PRIMARY) && !name.startsWith(SECONDARY) && GROUPS.stream().noneMatch(name::startsWith);
	}

	private static GeneratedTable table(List<JsonNode> properties, String prefix) {
		assertThat(properties).isNotEmpty();
		GeneratedTable table = new GeneratedTable("property", "type", "default", "meaning");
		for (JsonNode property : properties) {
			table.row(code(Metadata.name(property).substring(prefix.length())), type(property.path("type").asString()),
					code(Metadata.defaultValue(property)), property.path("description").asString());
		}
		return table;
	}

	private static String code(String text) {
		return text.isEmpty() ? "" : "`" + text + "`";
	}

	private static String type(String name) {
		String known = TYPES.get(name);
		if (known != null) {
			return known;
		}
		return name.startsWith("java.util.Set<") ? "any of " + constants(name.substring(14, name.length() - 1))
				: constants(name);
	}

	private static String constants(String name) {
		try {
			return Arrays.stream(Class.forName(name).getEnumConstants())
				.map((constant) -> ((Enum<?>) constant).name())
				.filter((constant) -> !constant.equals("UNKNOWN_TO_SDK_VERSION"))
				.map((constant) -> "`" + constant.toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(", "));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
