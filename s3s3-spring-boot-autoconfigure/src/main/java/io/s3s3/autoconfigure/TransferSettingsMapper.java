package io.s3s3.autoconfigure;

import java.io.File;
import java.nio.file.Files;

import io.s3s3.autoconfigure.S3s3Properties.PortableUploads;
import io.s3s3.autoconfigure.S3s3Properties.TransferProperties;
import io.s3s3.internal.io.TransferThreads;
import io.s3s3.internal.setting.Setting;
import io.s3s3.transfer.TransferSettings;

/**
 * Maps properties to settings. Invalid values are refused with an error that names the
 * property.
 */
abstract class TransferSettingsMapper {

	static TransferSettings settings(TransferProperties properties, TransferThreads threads) {
		TransferSettings.Builder settings = TransferSettings.builder()
			.threads(threads)
			.memoryLimit(properties.memoryLimit())
			.spoolLimit(properties.spoolLimit())
			.multipartThreshold(properties.multipartThreshold())
			.partSize(properties.partSize())
			.partConcurrency(properties.partConcurrency())
			.digestStreams(properties.digestStreams());
		if (properties.portableUploads() == PortableUploads.SPOOL) {
			InvalidProperties.named(() -> settings.keepParts(properties.keptPartsLimit(), properties.keptPartsLease()));
		}
		File directory = properties.directory();
		if (directory != null) {
			InvalidProperties.named(() -> Setting.of("s3s3.transfer.directory", directory)
				.require(directory.exists(), "The directory must exist.")
				.require(directory.isDirectory(), "It must be a directory, but is a file.")
				.require(Files.isWritable(directory.toPath()), "The directory must be writable."));
			settings.directory(directory.toPath());
		}
		return InvalidProperties.named(settings::build);
	}

}
