package io.s3s3.transfer;

import java.nio.file.Path;
import java.time.Duration;

import io.s3s3.internal.io.TransferThreads;
import io.s3s3.internal.setting.Setting;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.unit.DataSize;

/**
 * How bodies are buffered and split into parts. Created by a {@linkplain #builder()
 * builder}. Immutable.
 *
 * @param recording how bodies that can be read only once are buffered
 * @param parts how large bodies are split
 * @param keptParts how the parts of uploads that callers split themselves are kept, or
 * {@code null} if they are not
 * @param digestStreams whether downloads are requested with their checksum, streams are
 * digested while they are read, and files that are fetched in parts are digested at the
 * end
 * @param threads makes the threads that transfer parts and the content of output streams
 * @since 0.1.0
 */
public record TransferSettings(Recording recording, Parts parts, @Nullable KeptParts keptParts, boolean digestStreams,
		TransferThreads threads) {

	private static final String MAX_IN_MEMORY = "1GB";

	/**
	 * Create settings.
	 */
	public TransferSettings {
		Assert.notNull(threads, "threads is required");
	}

	/**
	 * Return the default settings.
	 * @return 1 MiB in memory, the rest without a limit in the directory for temporary
	 * files, parts of 8 MiB from 16 MiB on, 4 of them in parallel
	 */
	public static TransferSettings defaults() {
		return builder().build();
	}

	/**
	 * Create a builder of settings that begins with the defaults.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Return how much of a body that can be read only once is kept in memory.
	 * @return the size
	 */
	public DataSize memoryLimit() {
		return this.recording.memoryLimit();
	}

	/**
	 * Return how much of a body that can be read only once is kept in total.
	 * @return the number of bytes, {@link Long#MAX_VALUE} for no limit
	 */
	public long recordingLimit() {
		return this.recording.limit();
	}

	/**
	 * Return where temporary files go.
	 * @return the directory
	 */
	public Path directory() {
		return this.recording.directory();
	}

	/**
	 * Return the size from which on a body is split into parts.
	 * @return the size
	 */
	public DataSize multipartThreshold() {
		return this.parts.threshold();
	}

	/**
	 * Return how large a part is.
	 * @return the size
	 */
	public DataSize partSize() {
		return this.parts.size();
	}

	/**
	 * Return how many parts of a body are transferred in parallel.
	 * @return the number
	 */
	public int partConcurrency() {
		return this.parts.concurrency();
	}

	/**
	 * Return whether the parts of uploads that callers split themselves are kept.
	 * @return whether they are
	 */
	public boolean keepsParts() {
		return this.keptParts != null;
	}

	/**
	 * Return the maximum size of the parts that are kept.
	 * @return the number of bytes, for all open uploads together
	 */
	public long keptPartsLimit() {
		return (this.keptParts != null) ? this.keptParts.limit().toBytes() : 0;
	}

	/**
	 * Return how long the parts of an unused upload are kept.
	 * @return the time
	 */
	public Duration keptPartsLease() {
		return (this.keptParts != null) ? this.keptParts.lease() : Duration.ZERO;
	}

	/**
	 * Builds {@link TransferSettings}. Not thread-safe.
	 */
	public static final class Builder {

		private DataSize memoryLimit = DataSize.ofMegabytes(1);

		private @Nullable DataSize spoolLimit;

		private Path directory = Path.of(System.getProperty("java.io.tmpdir"));

		private DataSize multipartThreshold = DataSize.ofMegabytes(16);

		private DataSize partSize = DataSize.ofMegabytes(8);

		private int partConcurrency = 4;

		private @Nullable KeptParts keptParts;

		private boolean digestStreams;

		private TransferThreads threads = TransferThreads.defaults();

		private Builder() {
		}

		/**
		 * Set how much of a body that can be read only once is kept in memory.
		 * @param limit the limit
		 * @return this builder
		 */
		public Builder memoryLimit(DataSize limit) {
			this.memoryLimit = limit;
			return this;
		}

		/**
		 * Set how much of a body is kept in a temporary file.
		 * @param limit the limit, or {@code null} for none
		 * @return this builder
		 */
		public Builder spoolLimit(@Nullable DataSize limit) {
			this.spoolLimit = limit;
			return this;
		}

		/**
		 * Set where temporary files go.
		 * @param directory the directory, which must exist when it is needed
		 * @return this builder
		 */
		public Builder directory(Path directory) {
			this.directory = directory;
			return this;
		}

		/**
		 * Set the size from which on an upload is sent in parts.
		 * @param threshold the size
		 * @return this builder
		 */
		public Builder multipartThreshold(DataSize threshold) {
			this.multipartThreshold = threshold;
			return this;
		}

		/**
		 * Set how large a part is.
		 * @param size the size, at least 5 MiB
		 * @return this builder
		 */
		public Builder partSize(DataSize size) {
			this.partSize = size;
			return this;
		}

		/**
		 * Set how many parts of an upload are sent in parallel.
		 * @param concurrency the number, at least 1
		 * @return this builder
		 */
		public Builder partConcurrency(int concurrency) {
			this.partConcurrency = concurrency;
			return this;
		}

		/**
		 * Keep the parts of uploads that callers split themselves in temporary files, so
		 * that the uploads can go on at the other location. By default they are not kept.
		 * @param limit how many bytes to keep, for all open uploads together; an upload
		 * that exceeds it is bound to its location
		 * @param lease how long to keep the parts of an unused upload, more than zero
		 * @return this builder
		 */
		public Builder keepParts(DataSize limit, Duration lease) {
			this.keptParts = new KeptParts(limit, lease);
			return this;
		}

		/**
		 * Set whether downloads are requested with their checksum, and streams digested
		 * while they are read. That takes about 0.1 ms per MB with a CRC32, 0.6 ms with a
		 * CRC64-NVME or a SHA-256, 1.4 ms with an MD5. Files that are fetched in parts
		 * are digested at the end. Without it, which is the default, an equal ETag or
		 * version id stands for the bytes of several answers.
		 * @param digest whether to digest them
		 * @return this builder
		 */
		public Builder digestStreams(boolean digest) {
			this.digestStreams = digest;
			return this;
		}

		/**
		 * Set the maker of the threads that transfer parts and the content of output
		 * streams.
		 * @param threads the maker of threads
		 * @return this builder
		 */
		public Builder threads(TransferThreads threads) {
			this.threads = threads;
			return this;
		}

		/**
		 * Build the settings.
		 * @return the settings
		 */
		public TransferSettings build() {
			return new TransferSettings(new Recording(this.memoryLimit, this.spoolLimit, this.directory),
					new Parts(this.multipartThreshold, this.partSize, this.partConcurrency), this.keptParts,
					this.digestStreams, this.threads);
		}

	}

	/**
	 * How bodies that can be read only once are buffered.
	 *
	 * @param memoryLimit how much of one is kept in memory
	 * @param spoolLimit how much of it is kept in a temporary file beyond that,
	 * {@code null} for no limit
	 * @param directory where temporary files go
	 */
	record Recording(DataSize memoryLimit, @Nullable DataSize spoolLimit, Path directory) {

		Recording {
			Setting.of("s3s3.transfer.memory-limit", memoryLimit).between("0B", MAX_IN_MEMORY);
			Setting.of("s3s3.transfer.spool-limit", spoolLimit)
				.require(spoolLimit == null || !spoolLimit.isNegative(), "It must not be negative.");
		}

		long limit() {
			long memory = this.memoryLimit.toBytes();
			return (this.spoolLimit == null || this.spoolLimit.toBytes() > Long.MAX_VALUE - memory) ? Long.MAX_VALUE
					: memory + this.spoolLimit.toBytes();
		}

	}

	/**
	 * How large bodies are split.
	 *
	 * @param threshold the size from which on a body is split
	 * @param size how large a part is; S3 refuses parts smaller than 5 MiB, except the
	 * last one
	 * @param concurrency how many parts of a body are transferred in parallel
	 */
	record Parts(DataSize threshold, DataSize size, int concurrency) {

		Parts {
			Setting.of("s3s3.transfer.multipart-threshold", threshold).between("1B", "5GB");
			Setting.of("s3s3.transfer.part-size", size).between("5MB", MAX_IN_MEMORY);
			Setting.of("s3s3.transfer.part-concurrency", concurrency).atLeast(1);
		}

	}

	/**
	 * How the parts of uploads that callers split themselves are kept.
	 *
	 * @param limit how many bytes to keep, for all open uploads together
	 * @param lease how long to keep the parts of an unused upload
	 */
	record KeptParts(DataSize limit, Duration lease) {

		KeptParts {
			Setting.of("s3s3.transfer.kept-parts-limit", limit)
				.require(!limit.isNegative() && limit.toBytes() > 0, "It must be more than zero.");
			Setting.of("s3s3.transfer.kept-parts-lease", lease)
				.require(!lease.isNegative() && !lease.isZero(), "It must be more than zero.");
		}

	}

}
