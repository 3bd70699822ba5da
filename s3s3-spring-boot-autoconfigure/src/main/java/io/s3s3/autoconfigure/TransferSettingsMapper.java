package io.s3s3.autoconfigure;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

import io.s3s3.autoconfigure.S3s3Properties.TransferProperties;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.transfer.TransferSettings;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Makes settings of properties, and refuses those that can't work with an error that
 * names the property.
 */
final class TransferSettingsMapper {

	private static final String PREFIX = S3s3Properties.PREFIX + ".transfer.";

	private TransferSettingsMapper() {
	}

	static TransferSettings settings(TransferProperties properties) {
		return settings(properties, TransferThreads.defaults());
	}

	static TransferSettings settings(TransferProperties properties, TransferThreads threads) {
		TransferSettings.Builder settings = TransferSettings.builder().threads(threads);
		set("memory-limit", properties.memoryLimit(), settings::memoryLimit);
		if (properties.spoolLimit() != null) {
			set("spool-limit", properties.spoolLimit(), settings::spoolLimit);
		}
		set("multipart-threshold", properties.multipartThreshold(), settings::multipartThreshold);
		set("part-size", properties.partSize(), settings::partSize);
		set("part-concurrency", properties.partConcurrency(), settings::partConcurrency);
		settings.digestStreams(properties.digestStreams());
		if (properties.directory() != null) {
			settings.directory(writable(properties.directory()));
		}
		return settings.build();
	}

	// The settings check themselves: when they are refused, it is for what was set last.
	private static <T> void set(String name, T value, Function<T, TransferSettings.Builder> setter) {
		TransferSettings.Builder settings = setter.apply(value);
		try {
			settings.build();
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidConfigurationPropertyValueException(PREFIX + name, value, ex.getMessage() + ".");
		}
	}

	private static Path writable(File directory) {
		Path path = directory.toPath();
		if (!Files.isDirectory(path)) {
			throw invalidDirectory(directory,
					Files.exists(path) ? "It must be a directory, but is a file." : "The directory must exist.");
		}
		if (!Files.isWritable(path)) {
			throw invalidDirectory(directory, "The directory must be writable.");
		}
		return path;
	}

	private static InvalidConfigurationPropertyValueException invalidDirectory(File directory, String rule) {
		return new InvalidConfigurationPropertyValueException(PREFIX + "directory", directory, rule);
	}

}
