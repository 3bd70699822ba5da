package io.s3s3.docs;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The types and properties that the pages name are there.
 */
class NamesTests {

	/** Camel case, be it with a member, a call or an annotation's sign. */
	private static final Pattern TYPE = Pattern.compile("@?((?:[A-Z][a-z0-9]+){2,}|S3[A-Z][a-z]\\w*)(?:[.(].*)?");

	private static final Set<String> ELSEWHERE = Set.of("java.io", "java.lang", "java.nio.file", "java.util.concurrent",
			"java.util.function", "io.awspring.cloud.autoconfigure", "io.awspring.cloud.s3",
			"io.micrometer.core.instrument", "io.micrometer.core.instrument.binder", "io.micrometer.observation",
			"org.springframework.boot.test.context.runner", "org.springframework.context",
			"org.springframework.core.task", "org.springframework.test.context.bean.override.mockito",
			"software.amazon.awssdk.core.async", "software.amazon.awssdk.core.exception",
			"software.amazon.awssdk.core.sync", "software.amazon.awssdk.services.s3",
			"software.amazon.awssdk.services.s3.model");

	/** What is not on the class path. */
	private static final Set<String> NOT_OURS = Set.of("S3EncryptionClient", "S3FileIO", "S3TransferManager",
			"UrlConnectionHttpClient");

	private static final Set<String> known = new HashSet<>();

	@BeforeAll
	static void learn() throws IOException {
		new ClassFileImporter().importPackages("io.s3s3").stream().map(JavaClass::getSimpleName).forEach(known::add);
		Stream.of(S3AsyncClient.class.getMethods())
			.map((method) -> StringUtils.capitalize(method.getName()))
			.forEach(known::add);
		known.addAll(NOT_OURS);
		known.addAll(Page.named("failures.md").code());
		known.addAll(Metadata.names());
		Stream.of("Meters", "Meters of the AWS SDK", "Observations")
			.flatMap((heading) -> Page.named("telemetry.md").table(heading).stream())
			.map((row) -> row.get(0).replace("`", ""))
			.forEach(known::add);
	}

	@ParameterizedTest
	@MethodSource("io.s3s3.docs.Page#all")
	void typesAreThere(Page page) {
		assertThat(
				page.code().stream().map(TYPE::matcher).filter((type) -> type.matches()).map((type) -> type.group(1)))
			.allMatch((type) -> known.contains(type) || ELSEWHERE.stream().anyMatch((place) -> isIn(place, type)));
	}

	@ParameterizedTest
	@MethodSource("io.s3s3.docs.Page#all")
	void propertiesAndMetersAreThere(Page page) {
		assertThat(page.code()
			.stream()
			.filter((code) -> code.startsWith("s3s3."))
			.map((code) -> code.replaceAll("[=*].*", "")))
			.allMatch((name) -> known.stream()
				.anyMatch((property) -> name.endsWith(".") ? property.startsWith(name) : property.equals(name)));
	}

	private static boolean isIn(String place, String type) {
		return ClassUtils.isPresent(place + "." + type, NamesTests.class.getClassLoader());
	}

}
