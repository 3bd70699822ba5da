package io.s3s3.autoconfigure;

import java.io.File;
import java.time.Duration;
import java.util.Set;

import io.s3s3.consistency.ReadConsistency;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Properties of s3s3.
 *
 * @param enabled Whether to configure failover between two S3 locations.
 * @param primary Location that calls go to as long as it works.
 * @param secondary Location that stands in for the primary.
 * @param failover When and how calls fail over.
 * @param consistency What reads promise while the locations differ.
 * @param transfer How bodies are buffered and split into parts.
 * @param hedge When a slow read gets a second request.
 * @param circuit When a location is considered failed.
 * @param probe How a location that is out is found to be well again.
 * @param failback How calls return home.
 * @param events Events to publish to the application context besides failovers, or 'all'.
 * @since 0.1.0
 */
@ConfigurationProperties(S3s3Properties.PREFIX)
public record S3s3Properties(@DefaultValue("true") boolean enabled, @Nullable LocationProperties primary,
		@Nullable LocationProperties secondary, @DefaultValue FailoverProperties failover,
		@DefaultValue ConsistencyProperties consistency, @DefaultValue TransferProperties transfer,
		@DefaultValue HedgeProperties hedge, @DefaultValue @NestedConfigurationProperty CircuitProperties circuit,
		@DefaultValue @NestedConfigurationProperty ProbeProperties probe,
		@DefaultValue @NestedConfigurationProperty FailbackProperties failback,
		@DefaultValue Set<PublishedEvent> events) {

	static final String PREFIX = "s3s3";

	/**
	 * Properties of one location.
	 *
	 * @param bucket Name of the bucket, or ARN of an access point.
	 * @param region Region of the bucket. Inherited from 'spring.cloud.aws' by default.
	 * @param endpoint Endpoint of an S3-compatible service. Inherited from
	 * 'spring.cloud.aws' by default.
	 * @param pathStyle Whether to address the bucket in the path of the URL instead of
	 * its host. Inherited from 'spring.cloud.aws.s3' by default.
	 * @param credentials Credentials. Inherited from 'spring.cloud.aws' by default.
	 * @param dualStack Whether to use dual-stack endpoints, reached by IPv4 and IPv6.
	 * @param fips Whether to use FIPS endpoints.
	 * @param expectedBucketOwner Account ID that must own the bucket, sent with every
	 * request that allows it.
	 * @param connectTimeout Time allowed to connect.
	 * @param readTimeout Time allowed between two reads, and before the first byte of an
	 * answer.
	 * @param lastReadTimeout Read timeout of an attempt that no other location could
	 * stand in for. At least the read timeout.
	 * @param longReadTimeout Read timeout of copies, completions of multipart uploads and
	 * batch deletions, which S3 carries out before it answers.
	 * @param writeTimeout Time allowed to the peer to accept any byte of a body that is
	 * sent.
	 * @param minimumRate Bytes per second that the peer must move, measured while waiting
	 * for it. Any rate is allowed by default.
	 * @param minimumRatePeriod Waiting time over which the minimum rate is measured.
	 * @param maxConnections Maximum number of connections.
	 * @param checksumCalculation When to send checksums. Some S3-compatible services need
	 * 'when-required'.
	 * @param checksumValidation When to validate the checksums of answers.
	 */
	public record LocationProperties(@Nullable String bucket, @Nullable String region, @Nullable String endpoint,
			@Nullable Boolean pathStyle, @DefaultValue CredentialsProperties credentials, @Nullable Boolean dualStack,
			@Nullable Boolean fips, @Nullable String expectedBucketOwner, @Nullable Duration connectTimeout,
			@Nullable Duration readTimeout, @Nullable Duration lastReadTimeout, @Nullable Duration longReadTimeout,
			@Nullable Duration writeTimeout, @Nullable DataSize minimumRate, @Nullable Duration minimumRatePeriod,
			@Nullable Integer maxConnections, @Nullable RequestChecksumCalculation checksumCalculation,
			@Nullable ResponseChecksumValidation checksumValidation) {

	}

	/**
	 * Credentials of one location: static keys, a profile, or neither.
	 *
	 * @param accessKey Access key ID.
	 * @param secretKey Secret access key.
	 * @param sessionToken Session token that goes with temporary keys.
	 * @param profile Name of a profile in the AWS configuration files.
	 */
	public record CredentialsProperties(@Nullable String accessKey, @Nullable String secretKey,
			@Nullable String sessionToken, @Nullable String profile) {

		@Override
		public String toString() {
			return "CredentialsProperties[accessKey=" + mask(this.accessKey) + ", secretKey=" + mask(this.secretKey)
					+ ", sessionToken=" + mask(this.sessionToken) + ", profile=" + this.profile + "]";
		}

		private static @Nullable String mask(@Nullable String secret) {
			return (secret != null) ? "******" : null;
		}

	}

	/**
	 * When and how calls fail over.
	 *
	 * @param onAccessDenied Whether to fail over when access is denied.
	 * @param conditionalWrites Whether writes with a condition, such as If-Match, may
	 * fail over. A condition that is checked in one bucket says nothing about the other.
	 * @param carrySecrets Whether requests with credentials or encryption keys of their
	 * own (SSE-C) may take them to the other location.
	 * @param maxRounds Number of times a call tries the locations in turn while all of
	 * them throttle or fail in ways that may be transient.
	 * @param backOff Longest wait before the second round. It doubles with each round,
	 * and is five times as long when a location throttles; each wait is random.
	 * @param callTimeout Time allowed to a call at all locations together. Unlimited by
	 * default.
	 */
	public record FailoverProperties(@DefaultValue("false") boolean onAccessDenied,
			@DefaultValue("false") boolean conditionalWrites, @DefaultValue("true") boolean carrySecrets,
			@DefaultValue("4") int maxRounds, @DefaultValue("100ms") Duration backOff, @Nullable Duration callTimeout) {

	}

	/**
	 * What reads promise while the locations differ.
	 *
	 * @param reads Whether reads show the writes of this process or fail, or are served
	 * as they are.
	 * @param memory How much memory the recent writes of this process may take. The
	 * oldest are forgotten first.
	 * @param horizon How long a write may be known at one location only before the other
	 * one is asked for it, and how long a key is left alone that an older write may have
	 * replaced before it is looked at. Zero to ask only after an outage.
	 * @param explainAbsence Whether to ask for the versions of an object that does not
	 * exist, so that the error tells whether it was deleted. Takes one more request, and
	 * the permission to list versions.
	 * @param conditionalNonce Whether to mark the objects of conditional writes with a
	 * metadata entry, so that a write whose answer was lost can be recognized.
	 * @param canary How replication is measured.
	 */
	public record ConsistencyProperties(@DefaultValue("own-writes") ReadConsistency reads,
			@DefaultValue("32MB") DataSize memory, @DefaultValue("15m") Duration horizon,
			@DefaultValue("false") boolean explainAbsence, @DefaultValue("false") boolean conditionalNonce,
			@DefaultValue CanaryProperties canary) {

	}

	/**
	 * How replication is measured.
	 *
	 * @param key Key of a small object that is written at one location and looked for at
	 * the other one, in turn. Nothing is written by default.
	 * @param interval Time between two turns.
	 */
	public record CanaryProperties(@Nullable String key, @DefaultValue("1m") Duration interval) {

	}

	/**
	 * How bodies are buffered and split into parts.
	 *
	 * @param memoryLimit How much of a body that can be read only once to keep in memory,
	 * in order to send it again.
	 * @param spoolLimit How much of such a body to keep in a temporary file beyond that.
	 * A longer body cannot fail over. Unlimited by default.
	 * @param directory Directory of temporary files. Defaults to that of the JVM.
	 * @param multipartThreshold Size from which on objects are sent and fetched in parts.
	 * @param partSize Size of a part, at least 5MB.
	 * @param partConcurrency Number of parts of one object that are transferred in
	 * parallel.
	 * @param digestStreams Whether to request downloads with their checksum, and to
	 * digest streams and files in parts by it or by MD5 (0.1 to 1.4 ms per MB), so that
	 * bytes of several answers are verified.
	 * @param portableUploads Whether uploads that the application splits into parts
	 * itself can continue at the other location, for which their parts are kept in
	 * temporary files.
	 * @param keptPartsLimit How many bytes of parts to keep, for all such uploads
	 * together. An upload that exceeds it is bound to its location.
	 * @param keptPartsLease How long to keep the parts of an unused upload.
	 */
	public record TransferProperties(@DefaultValue("1MB") DataSize memoryLimit, @Nullable DataSize spoolLimit,
			@Nullable File directory, @DefaultValue("16MB") DataSize multipartThreshold,
			@DefaultValue("8MB") DataSize partSize, @DefaultValue("4") int partConcurrency,
			@DefaultValue("false") boolean digestStreams, @DefaultValue("off") PortableUploads portableUploads,
			@DefaultValue("10GB") DataSize keptPartsLimit, @DefaultValue("1d") Duration keptPartsLease) {

	}

	/**
	 * What makes uploads go on at the other location.
	 */
	public enum PortableUploads {

		/**
		 * Nothing: they are bound to the location that they began at.
		 */
		OFF,

		/**
		 * Their parts, which are kept in temporary files.
		 */
		SPOOL

	}

	/**
	 * When a slow read gets a second request.
	 *
	 * @param enabled Whether to send a GET or HEAD of an object a second time when its
	 * answer is late.
	 * @param minimumDelay Minimum time to wait for an answer, however soon most arrive.
	 * @param extraRequests Percentage of requests that may be sent a second time.
	 * @param burst Number of second requests that may be sent at once, whatever happened
	 * before.
	 * @param concurrency Number of second requests of the blocking client in flight, each
	 * of which takes a thread.
	 */
	public record HedgeProperties(@DefaultValue("false") boolean enabled, @DefaultValue("20ms") Duration minimumDelay,
			@DefaultValue("2") float extraRequests, @DefaultValue("10") int burst,
			@DefaultValue("16") int concurrency) {

	}

}
