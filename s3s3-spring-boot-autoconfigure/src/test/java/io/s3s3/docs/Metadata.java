package io.s3s3.docs;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import io.s3s3.FailoverS3Client;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The generated metadata of the configuration properties.
 */
final class Metadata {

	private Metadata() {
	}

	/**
	 * Return the properties of s3s3, and those of Spring Boot for its health indicator
	 * and its endpoint.
	 */
	static List<JsonNode> properties() throws IOException {
		try (InputStream metadata = FailoverS3Client.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			JsonNode properties = JsonMapper.shared().readTree(metadata).path("properties");
			return StreamSupport.stream(properties.spliterator(), false)
				.filter((property) -> name(property).contains("s3s3."))
				.toList();
		}
	}

	static List<String> names() throws IOException {
		return properties().stream().map(Metadata::name).toList();
	}

	/**
	 * Return the default of a property as one would write it, empty if it has none.
	 */
	static String defaultValue(JsonNode property) {
		JsonNode value = property.path("defaultValue");
		return value.isArray() ? StreamSupport.stream(value.spliterator(), false)
			.map(JsonNode::asString)
			.collect(Collectors.joining(",")) : value.asString("");
	}

	static String name(JsonNode property) {
		return property.path("name").asString();
	}

}
