package io.s3s3.docs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that the pages show compiles, and the YAML sets properties that there are.
 */
class SnippetsTests {

	private static final Path RECIPES = Path.of("src", "test", "java", "io", "s3s3", "recipe");

	@ParameterizedTest
	@MethodSource("io.s3s3.docs.Page#all")
	void javaIsCompiled(Page page) throws IOException {
		String sources;
		try (Stream<Path> files = Files.list(RECIPES)) {
			sources = files.map(Page::of).map(Page::text).map(SnippetsTests::dense).collect(Collectors.joining("\n"));
		}

		for (String block : page.blocks("java")) {
			assertThat(sources.contains(dense(block))).as("%s has code that is not in %s:%n%s", page, RECIPES, block)
				.isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("io.s3s3.docs.Page#all")
	void yamlSetsProperties(Page page) throws IOException {
		List<String> known = Metadata.names();

		assertThat(page.blocks("yaml"))
			.allSatisfy((block) -> assertThat(properties(block).stringPropertyNames()).isNotEmpty()
				.filteredOn((name) -> name.startsWith("s3s3."))
				.isSubsetOf(known));
	}

	@Test
	void yamlOfHealthShowsTheDefaults() throws IOException {
		Map<String, String> defaults = Metadata.properties()
			.stream()
			.collect(Collectors.toMap(Metadata::name, Metadata::defaultValue));

		properties(Page.named("health-and-failback.md").blocks("yaml").get(0))
			.forEach((name, value) -> assertThat(defaults).containsEntry(name.toString(), value.toString()));
	}

	private static Properties properties(String block) {
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ByteArrayResource(block.getBytes(StandardCharsets.UTF_8)));
		return Objects.requireNonNull(yaml.getObject());
	}

	/** Leave out what formatting may change. */
	private static String dense(String code) {
		return code.replaceAll("\\s+", "");
	}

}
