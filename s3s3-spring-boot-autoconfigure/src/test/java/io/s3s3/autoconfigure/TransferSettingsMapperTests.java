package io.s3s3.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

import io.s3s3.internal.io.TransferThreads;
import io.s3s3.testkit.Contexts;
import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * Tests for {@link TransferSettingsMapper}.
 */
class TransferSettingsMapperTests {

	private final ApplicationContextRunner pair = Contexts.bare()
		.withPropertyValues("s3s3.primary.bucket=east", "s3s3.primary.region=us-east-1", "s3s3.secondary.bucket=west",
				"s3s3.secondary.region=us-west-2", "s3s3.probe.enabled=false");

	@TempDir
	private Path folder;

	@Test
	void hasTheDefaultsOfTheCore() {
		this.pair.run((context) -> assertThat(settings(context.getBean(S3s3Properties.class)))
			.isEqualTo(TransferSettings.defaults()));
	}

	@Test
	void mapsAllProperties() {
		this.pair.withPropertyValues("s3s3.transfer.memory-limit=1KB", "s3s3.transfer.spool-limit=2KB",
				"s3s3.transfer.directory=" + this.folder, "s3s3.transfer.multipart-threshold=3KB",
				"s3s3.transfer.part-size=5MB", "s3s3.transfer.part-concurrency=6", "s3s3.transfer.digest-streams=true")
			.run((context) -> assertThat(settings(context.getBean(S3s3Properties.class)))
				.isEqualTo(TransferSettings.builder()
					.memoryLimit(DataSize.ofKilobytes(1))
					.spoolLimit(DataSize.ofKilobytes(2))
					.directory(this.folder)
					.multipartThreshold(DataSize.ofKilobytes(3))
					.partSize(DataSize.ofMegabytes(5))
					.partConcurrency(6)
					.digestStreams(true)
					.build()));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			memory-limit        | -1B | between 0B and 1GB
			memory-limit        | 2GB | between 0B and 1GB
			spool-limit         | -1B | not be negative
			multipart-threshold | 0B  | between 1B and 5GB
			part-size           | 1MB | between 5MB and 1GB
			part-concurrency    | 0   | at least 1
			""")
	void refusesWhatCannotWork(String name, String value, String rule) {
		assertRefused(name, value, rule);
	}

	@Test
	void needsADirectoryThatExists() {
		assertRefused("directory", this.folder.resolve("absent").toString(), "must exist");
	}

	@Test
	void needsADirectoryAndNoFile() throws IOException {
		assertRefused("directory", Files.createFile(this.folder.resolve("file")).toString(), "must be a directory");
	}

	@Test
	void needsADirectoryThatMayBeWritten() throws IOException {
		Path readOnly = Files.createDirectory(this.folder.resolve("mine"));
		assumeThat(readOnly.toFile().setWritable(false)).isTrue();
		// Root may write the first, but not the second, if it is in a container.
		Optional<Path> directory = Stream.of(readOnly, Path.of("/proc/sys"))
			.filter((candidate) -> Files.isDirectory(candidate) && !Files.isWritable(candidate))
			.findFirst();
		assumeThat(directory).isPresent();

		assertRefused("directory", directory.orElseThrow().toString(), "must be writable");
	}

	private void assertRefused(String name, String value, String rule) {
		this.pair.withPropertyValues("s3s3.transfer." + name + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("s3s3.transfer." + name);
					assertThat(ex.getReason()).contains(rule);
					assertThat(ex.getMessage()).doesNotContain("TransferProperties");
				}));
	}

	private static TransferSettings settings(S3s3Properties properties) {
		return TransferSettingsMapper.settings(properties.transfer(), TransferThreads.defaults());
	}

}
