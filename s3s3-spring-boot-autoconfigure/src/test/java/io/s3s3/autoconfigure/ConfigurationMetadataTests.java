package io.s3s3.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The generated metadata describes each property, in Boot's wording.
 */
class ConfigurationMetadataTests {

	@Test
	void describesEachProperty() throws IOException {
		List<JsonNode> properties = properties();

		assertThat(properties).hasSizeGreaterThan(35);
		assertThat(properties).allSatisfy((property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(property.path("name").asString()).isNotBlank().endsWith(".");
			assertThat(description).doesNotStartWith("The ").doesNotStartWith("A ");
			if (property.path("type").asString().endsWith("Boolean")) {
				assertThat(description).startsWith("Whether ");
			}
		});
	}

	@Test
	void tellsTheDefaults() throws IOException {
		Map<String, String> expected = Map.of("s3s3.primary.connect-timeout", "1s", "s3s3.secondary.read-timeout", "2s",
				"s3s3.secondary.write-timeout", "2s", "s3s3.primary.max-connections", "50", "s3s3.failover.max-rounds",
				"4", "s3s3.primary.last-read-timeout", "30s", "s3s3.enabled", "true");
		List<String> found = new ArrayList<>();
		for (JsonNode property : properties()) {
			String name = property.path("name").asString();
			if (expected.containsKey(name)) {
				found.add(name);
				assertThat(property.path("defaultValue").asString()).as(name).isEqualTo(expected.get(name));
			}
		}
		assertThat(found).containsExactlyInAnyOrderElementsOf(expected.keySet());
	}

	@Test
	void describesEachGroup() throws IOException {
		List<JsonNode> groups = new ArrayList<>();
		metadata().path("groups").forEach(groups::add);

		assertThat(groups).filteredOn((group) -> group.path("name").asString().startsWith("s3s3"))
			.hasSizeGreaterThan(8)
			.allSatisfy(
					(group) -> assertThat(group.path("description").asString("")).as(group.toString()).endsWith("."));
		assertThat(groups).extracting((group) -> group.path("name").asString()).doesNotHaveDuplicates();
	}

	@Test
	void knowsThePropertyThatDisablesTheHealthIndicator() throws IOException {
		assertThat(metadata().path("properties"))
			.anyMatch((property) -> property.path("name").asString().equals("management.health.s3s3.enabled"));
	}

	@Test
	void hintsOnlyAtPropertiesThatExist() throws IOException {
		List<String> names = properties().stream().map((property) -> property.path("name").asString()).toList();

		assertThat(metadata().path("hints")).isNotEmpty()
			.allSatisfy((hint) -> assertThat(names).contains(hint.path("name").asString()));
	}

	private static List<JsonNode> properties() throws IOException {
		List<JsonNode> properties = new ArrayList<>();
		metadata().path("properties").forEach((property) -> {
			if (property.path("name").asString().startsWith("s3s3.")) {
				properties.add(property);
			}
		});
		return properties;
	}

	private static JsonNode metadata() throws IOException {
		try (InputStream metadata = S3s3Properties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(metadata).isNotNull();
			return JsonMapper.shared().readTree(metadata);
		}
	}

}
