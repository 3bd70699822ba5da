package io.s3s3.internal.upload;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.s3s3.transfer.TransferSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Settings that spool what is larger than a few bytes, and streams that can be read once.
 */
abstract class AbstractUploadBodyTests {

	static final byte[] CONTENT = "some content".getBytes(StandardCharsets.UTF_8);

	@TempDir
	Path folder;

	TransferSettings settings;

	@BeforeEach
	void setUp() {
		this.settings = TransferSettings.builder().directory(this.folder).build();
	}

	/**
	 * Zeros, and how many of them were read.
	 */
	static final class CountingStream extends InputStream {

		final long length;

		long count;

		CountingStream(long length) {
			this.length = length;
		}

		@Override
		public int read() {
			return (this.count++ < this.length) ? 0 : -1;
		}

	}

}
