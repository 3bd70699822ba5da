package io.s3s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.Contexts;
import io.s3s3.testkit.EmbeddedS3;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Whatever a user of an application may choose, both locations stay up: each row is sent
 * many times, with other keys each time where it has keys, some of them in a row and some
 * beside good calls.
 */
class EndUserInputIntegrationTests {

	private static final int IN_A_ROW = 6;

	private static final int TIMES = 12;

	@AutoClose
	private static final EmbeddedS3 east = EmbeddedS3.start("east");

	@AutoClose
	private static final EmbeddedS3 west = EmbeddedS3.start("west");

	@BeforeAll
	static void storeObjects() {
		for (EmbeddedS3 each : List.of(east, west)) {
			try (S3Client client = each.client()) {
				client.putObject((request) -> request.bucket(each.bucket()).key("good"),
						RequestBody.fromString("good"));
			}
		}
	}

	@ParameterizedTest
	@MethodSource({ "keys", "puts", "reads", "copies", "listings", "deletions", "uploads", "manners" })
	void takesNoLocationOut(Input input) {
		pair().run((context) -> {
			FailoverS3Client client = context.getBean(FailoverS3Client.class);
			for (int i = 0; i < TIMES; i++) {
				int number = i;
				Throwable unused = catchThrowable(() -> input.send(client, number));
				if (i >= IN_A_ROW) {
					assertThat(client.getObjectAsBytes(get("good")).asUtf8String()).isEqualTo("good");
				}
			}

			assertBothUp(context);
		});
	}

	static Stream<Arguments> keys() {
		return Stream
			.of("a\u0001b", "a\u0000b", "a\nb\u001b[31m", "a//b", "./.", "../..", "/a", "a/", " ", "\uD83D\uDE00",
					"\uD83D", "%00", "a?b#c", "+", "x".repeat(1018), "x".repeat(2000), "\uFFFE", "<&>\"'", "")
			.flatMap((key) -> Stream.of(row("put " + shown(key), (s3, i) -> s3.putObject(put(key + i), body())),
					row("get " + shown(key), (s3, i) -> s3.getObjectAsBytes(get(key + i))),
					row("list " + shown(key), (s3, i) -> s3.listObjectsV2((list) -> list.prefix(key + i)))));
	}

	static Stream<Arguments> puts() {
		return Stream.of(put("content type", (put) -> put.contentType("no/such; type=\"")),
				put("cache control", (put) -> put.cacheControl("x".repeat(10_000))),
				put("content encoding", (put) -> put.contentEncoding("gzip, aws-chunked")),
				put("digest", (put) -> put.contentMD5("AAAAAAAAAAAAAAAAAAAAAA==")),
				put("digest that is none", (put) -> put.contentMD5("nonsense")),
				put("checksum", (put) -> put.checksumCRC32("AAAAAA==")),
				put("checksum that is none", (put) -> put.checksumSHA256("nonsense")),
				put("metadata", (put) -> put.metadata(Map.of("name", "\u00e4\u0001"))),
				put("large metadata", (put) -> put.metadata(Map.of("name", "x".repeat(3000)))),
				put("huge metadata", (put) -> put.metadata(Map.of("name", "x".repeat(70_000)))),
				put("metadata without a name", (put) -> put.metadata(Map.of("", "value"))),
				put("metadata with a strange name", (put) -> put.metadata(Map.of("a b:c", "value"))),
				put("tagging", (put) -> put.tagging("a=b&&=c&a")),
				put("storage class", (put) -> put.storageClass("NO")), put("acl", (put) -> put.acl("no-such")),
				put("redirect", (put) -> put.websiteRedirectLocation("no")),
				put("customer key", (put) -> put.sseCustomerAlgorithm("AES256").sseCustomerKey("eA==")),
				put("encryption", (put) -> put.serverSideEncryption("no-such").ssekmsKeyId("no-such")),
				put("lock", (put) -> put.objectLockMode("NO").objectLockRetainUntilDate(Instant.EPOCH)),
				put("expiry", (put) -> put.expires(Instant.MAX)), put("condition", (put) -> put.ifMatch("\"no\"")),
				put("condition that does not hold", (put) -> put.key("good").ifNoneMatch("*")),
				put("length", (put) -> put.contentLength(Long.MAX_VALUE)),
				put("negative length", (put) -> put.contentLength(-1L)));
	}

	static Stream<Arguments> reads() {
		return Stream.of(get("range beyond", (get) -> get.range("bytes=999999-")),
				get("range that is none", (get) -> get.range("bytes=abc")),
				get("empty range", (get) -> get.range("bytes=-0")),
				get("huge range", (get) -> get.range("bytes=0-99999999999999999999999")),
				get("other unit", (get) -> get.range("items=0-1")),
				get("many ranges", (get) -> get.range("bytes=0-1,3-4")), get("part", (get) -> get.partNumber(99_999)),
				get("negative part", (get) -> get.partNumber(-1)), get("version", (get) -> get.versionId("no-such")),
				get("null version", (get) -> get.versionId("null")), get("condition", (get) -> get.ifMatch("\"no\"")),
				get("date", (get) -> get.ifModifiedSince(Instant.MAX)),
				get("early date", (get) -> get.ifUnmodifiedSince(Instant.EPOCH)),
				get("header", (get) -> get.responseContentType("\u0001")),
				get("customer key", (get) -> get.sseCustomerAlgorithm("AES256").sseCustomerKey("eA==")),
				get("missing key", (get) -> get.key("missing")));
	}

	static Stream<Arguments> copies() {
		return Stream.of(
				row("missing source",
						(s3, i) -> s3.copyObject((copy) -> copy.sourceKey("missing-" + i).destinationKey("copy-" + i))),
				row("bucket that is not there", (s3, i) -> s3.copyObject(
						(copy) -> copy.sourceBucket("nobody-" + i).sourceKey("key").destinationKey("copy-" + i))),
				row("onto itself", (s3, i) -> s3.copyObject((copy) -> copy.sourceKey("good").destinationKey("good"))),
				row("source version", (s3, i) -> s3.copyObject(
						(copy) -> copy.sourceKey("good").sourceVersionId("no-such").destinationKey("copy-" + i))),
				row("source condition", (s3, i) -> s3.copyObject(
						(copy) -> copy.sourceKey("good").copySourceIfMatch("\"no\"").destinationKey("copy-" + i))));
	}

	static Stream<Arguments> listings() {
		return Stream.of(row("too many keys", (s3, i) -> s3.listObjectsV2((list) -> list.maxKeys(Integer.MAX_VALUE))),
				row("negative number of keys", (s3, i) -> s3.listObjectsV2((list) -> list.maxKeys(-1))),
				row("token", (s3, i) -> s3.listObjectsV2((list) -> list.continuationToken("no-such-" + i))),
				row("start", (s3, i) -> s3.listObjectsV2((list) -> list.startAfter("\u0001" + i))),
				row("delimiter", (s3, i) -> s3.listObjectsV2((list) -> list.delimiter("\u0001" + i))),
				row("encoding", (s3, i) -> s3.listObjectsV2((list) -> list.encodingType("no-such"))),
				row("first form", (s3, i) -> s3.listObjects((list) -> list.marker("\u0001" + i))), row("versions",
						(s3, i) -> s3.listObjectVersions((list) -> list.keyMarker("\u0001").versionIdMarker("no"))));
	}

	static Stream<Arguments> deletions() {
		return Stream.of(
				row("too many", (s3, i) -> delete(s3, IntStream.range(0, 1001).mapToObj((n) -> "k" + n).toList())),
				row("none", (s3, i) -> delete(s3, List.of())),
				row("twice", (s3, i) -> delete(s3, List.of("a" + i, "a" + i))),
				row("control characters", (s3, i) -> delete(s3, List.of("a\u0001" + i, "\uFFFF" + i))),
				row("empty key", (s3, i) -> delete(s3, List.of("", "a" + i))),
				row("version", (s3, i) -> s3.deleteObject((delete) -> delete.key("a" + i).versionId("no-such"))));
	}

	static Stream<Arguments> uploads() {
		return Stream.of(
				row("part",
						(s3, i) -> s3.uploadPart((part) -> part.key("key-" + i).uploadId("no-such-" + i).partNumber(1),
								body())),
				row("part number",
						(s3, i) -> s3.uploadPart((part) -> part.key("key-" + i).uploadId("no-such-" + i).partNumber(0),
								body())),
				row("completion",
						(s3, i) -> s3.completeMultipartUpload((complete) -> complete.key("key-" + i)
							.uploadId("no-such-" + i)
							.multipartUpload(
									(parts) -> parts.parts(CompletedPart.builder().partNumber(1).eTag("no").build())))),
				row("list", (s3, i) -> s3.listParts((list) -> list.key("key-" + i).uploadId("no-such-" + i))),
				row("abort", (s3, i) -> s3.abortMultipartUpload((abort) -> abort.key("key-" + i).uploadId("no-such"))));
	}

	static Stream<Arguments> manners() {
		return Stream.of(
				get("time",
						(get) -> get.overrideConfiguration(
								(configuration) -> configuration.apiCallTimeout(Duration.ofMillis(1)))),
				get("time for an attempt",
						(get) -> get.overrideConfiguration(
								(configuration) -> configuration.apiCallAttemptTimeout(Duration.ofMillis(1)))),
				get("credentials",
						(get) -> get.overrideConfiguration((configuration) -> configuration.credentialsProvider(
								StaticCredentialsProvider.create(AwsBasicCredentials.create("own", "own"))))),
				get("bucket owner", (get) -> get.expectedBucketOwner("000000000000")),
				row("stream that is left", (s3, i) -> open(s3).close()),
				row("stream that is dropped", (s3, i) -> open(s3).abort()),
				row("reader that is interrupted", EndUserInputIntegrationTests::interrupted),
				row("body that breaks",
						(s3, i) -> s3.putObject(put("key-" + i), RequestBody.fromInputStream(broken(), 10))),
				row("body that is too short",
						(s3, i) -> s3.putObject(put("key-" + i),
								RequestBody.fromInputStream(new ByteArrayInputStream(new byte[5]), 10))),
				row("body that is too long", (s3, i) -> s3.putObject(put("key-" + i),
						RequestBody.fromInputStream(new ByteArrayInputStream(new byte[50]), 10))));
	}

	private static void assertBothUp(AssertableApplicationContext context) {
		FailoverControl control = context.getBean(FailoverControl.class);
		for (LocationRole role : LocationRole.values()) {
			assertThat(control.status().get(role).status()).as("%s", control.status().get(role))
				.isEqualTo(LocationStatus.UP);
		}
	}

	// Failures in a row count at once.
	private static ApplicationContextRunner pair() {
		return Contexts.pair(east.endpoint(), "east", west.endpoint(), "west")
			.withPropertyValues("s3s3.circuit.without-success=0ms", "s3s3.failover.conditional-writes=true",
					"s3s3.failover.back-off=1ms");
	}

	private static Arguments row(String name, Input input) {
		return Arguments.argumentSet(name, input);
	}

	private static Arguments put(String name, Consumer<PutObjectRequest.Builder> change) {
		return row("put with " + name,
				(s3, i) -> s3.putObject(put("key-" + i).toBuilder().applyMutation(change).build(), body()));
	}

	private static Arguments get(String name, Consumer<GetObjectRequest.Builder> change) {
		return row("get with " + name,
				(s3, i) -> s3.getObjectAsBytes(get("good").toBuilder().applyMutation(change).build()));
	}

	private static PutObjectRequest put(String key) {
		return PutObjectRequest.builder().key(key).build();
	}

	private static GetObjectRequest get(String key) {
		return GetObjectRequest.builder().key(key).build();
	}

	private static RequestBody body() {
		return RequestBody.fromString("body");
	}

	private static ResponseInputStream<GetObjectResponse> open(FailoverS3Client s3) {
		return s3.getObject(get("good"));
	}

	private static void delete(FailoverS3Client s3, List<String> keys) {
		List<ObjectIdentifier> objects = keys.stream()
			.map((key) -> ObjectIdentifier.builder().key(key).build())
			.toList();
		s3.deleteObjects((request) -> request.delete((delete) -> delete.objects(objects)));
	}

	private static void interrupted(FailoverS3Client s3, int number) {
		Thread.currentThread().interrupt();
		try {
			s3.getObjectAsBytes(get("good"));
		}
		finally {
			Thread.interrupted();
		}
	}

	private static InputStream broken() throws IOException {
		InputStream closed = InputStream.nullInputStream();
		closed.close();
		return closed;
	}

	private static String shown(String key) {
		StringBuilder text = new StringBuilder("a key of ").append(key.length()).append(": ");
		key.codePoints().limit(8).forEach((point) -> text.append("%04X ".formatted(point)));
		return text.toString();
	}

	/**
	 * What a user makes an application do.
	 */
	@FunctionalInterface
	interface Input {

		void send(FailoverS3Client s3, int number) throws Exception;

	}

}
