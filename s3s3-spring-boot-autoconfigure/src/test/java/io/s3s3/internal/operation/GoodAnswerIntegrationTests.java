package io.s3s3.internal.operation;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.s3s3.FailoverS3Client;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.AnsweringEndpoint;
import io.s3s3.testkit.FaultyEndpoint;
import io.s3s3.testkit.GuardedClients;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link ResponseValidator} with good answers as different stores give them,
 * most of which leave out what AWS always sends: each is taken, by one request.
 */
class GoodAnswerIntegrationTests {

	private static final String AWS = "x-amz-id-2: i\r\nx-amz-request-id: r\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
			+ "Server: AmazonS3\r\n";

	private static final String MINIO = "Accept-Ranges: bytes\r\nServer: MinIO\r\nX-Amz-Request-Id: 18\r\nX-Amz-Id-2: d\r\n"
			+ "Vary: Origin\r\nX-Content-Type-Options: nosniff\r\n";

	private static final String CEPH = "x-amz-request-id: tx000\r\nAccept-Ranges: bytes\r\n";

	private static final String GOOGLE = "X-GUploader-UploadID: A\r\nx-goog-hash: crc32c=AAAAAA==\r\nx-goog-generation: 1\r\n"
			+ "Content-Type: text/html; charset=UTF-8\r\nServer: UploadServer\r\n";

	private static final String R2 = "Server: cloudflare\r\nCF-RAY: 8\r\nConnection: close\r\n";

	private static final String HTML = "Content-Type: text/html; charset=utf-8\r\n";

	private static final String XML = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

	private static final String NONE = "";

	private static final String EMPTY = "Content-Length: 0\r\n\r\n";

	private static final String EMPTY_CHUNKS = "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";

	@AutoClose
	private final FaultyEndpoint secondary = AnsweringEndpoint.answering(500, "InternalError");

	@ParameterizedTest
	@ValueSource(strings = { AWS + "ETag: \"e\"\r\n" + EMPTY, MINIO + "ETag: \"e\"\r\n" + EMPTY,
			CEPH + "ETag: \"e\"\r\n" + EMPTY, GOOGLE + "ETag: \"e\"\r\n" + EMPTY, R2 + "ETag: \"e\"\r\n" + EMPTY,
			HTML + "ETag: \"e\"\r\n" + EMPTY, HTML + "ETag: e\r\nContent-Length: 2\r\n\r\nOK", HTML + EMPTY,
			HTML + EMPTY_CHUNKS, EMPTY, NONE + "\r\n", "Content-Type: text/plain\r\nContent-Length: 2\r\n\r\nOK",
			"Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}" })
	void isThatToAPut(String answer) {
		assertTaken("200 OK", answer, (s3) -> s3.putObject((r) -> r.key("k"), RequestBody.fromString("content")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "200 OK", "201 Created", "202 Accepted", "204 No Content" })
	void hasAnyStatusOfSuccess(String status) {
		String rest = status.startsWith("204") ? "\r\n" : EMPTY;

		assertTaken(status, HTML + rest, (s3) -> s3.putObject((r) -> r.key("k"), RequestBody.fromString("content")));
		assertTaken(status, HTML + rest, (s3) -> s3.deleteObject((r) -> r.key("k")));
		assertTaken(status, rest,
				(s3) -> s3.uploadPart((r) -> r.key("k").uploadId("u").partNumber(1), RequestBody.fromString("c")));
		assertTaken(status, HTML + rest, (s3) -> s3.abortMultipartUpload((r) -> r.key("k").uploadId("u")));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { AWS + "ETag: \"e\"\r\nContent-Length: 7\r\nLast-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n",
					AWS + HTML + "Content-Length: 7\r\n", HTML + "ETag: \"e\"\r\nContent-Length: 7\r\n",
					HTML + "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\nContent-Length: 7\r\n",
					HTML + "Content-Length: 0\r\n", "Content-Length: 7\r\n", "Content-Type: text/plain\r\n", NONE })
	void isThatToAHead(String headers) {
		assertTaken("200 OK", headers + "\r\n", (s3) -> s3.headObject((r) -> r.key("k")));
	}

	@ParameterizedTest
	@ValueSource(strings = { AWS, HTML + "Content-Length: 0\r\n", "Content-Type: application/xml\r\n", NONE })
	void isThatToAHeadOfTheBucket(String headers) {
		assertTaken("200 OK", headers + "\r\n", (s3) -> s3.headBucket((r) -> r.bucket("east")));
	}

	@ParameterizedTest
	@ValueSource(strings = { AWS + "ETag: \"e\"\r\n", AWS, HTML + "ETag: \"e\"\r\n", HTML + AWS, NONE,
			"Content-Type: binary/octet-stream\r\n", HTML })
	void isThatToAGet(String headers) {
		assertTaken("200 OK", headers + "Content-Length: 7\r\n\r\ncontent",
				(s3) -> assertThat(s3.getObjectAsBytes((r) -> r.key("k")).asUtf8String()).isEqualTo("content"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "ETag: \"e\"\r\n", "ETag: W/\"e\"\r\n", "Last-Modified: Thu, 01 Jan 2026 00:00:00 GMT\r\n",
			"x-amz-request-id: 1\r\n", "x-goog-generation: 1\r\n" })
	void isThatToAGetOfAnObjectThatIsAPageItself(String headers) {
		String page = "<!DOCTYPE html><html><body>Welcome</body></html>";

		assertTaken("200 OK", HTML + headers + "Content-Length: %d\r\n\r\n%s".formatted(page.length(), page),
				(s3) -> assertThat(s3.getObjectAsBytes((r) -> r.key("k")).asUtf8String()).isEqualTo(page));
	}

	@ParameterizedTest
	@ValueSource(strings = { AWS + "Content-Type: application/xml\r\n", "Content-Type: text/xml\r\n", HTML, NONE })
	void isADocument(String headers) {
		assertDocumentTaken(headers, "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>",
				(s3) -> s3.listObjectsV2((r) -> {
				}));
		assertDocumentTaken(headers, XML + "<ListBucketResult><Contents><Key>k</Key></Contents></ListBucketResult>",
				(s3) -> s3.listObjects((r) -> {
				}));
		assertDocumentTaken(headers, "<ListVersionsResult><MaxKeys>1000</MaxKeys></ListVersionsResult>",
				(s3) -> s3.listObjectVersions((r) -> {
				}));
		assertDocumentTaken(headers,
				"<CopyObjectResult><LastModified>2026-01-01T00:00:00.000Z</LastModified></CopyObjectResult>",
				(s3) -> s3.copyObject((r) -> r.sourceKey("k").destinationKey("c")));
		assertDocumentTaken(headers,
				"<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>",
				(s3) -> s3.createMultipartUpload((r) -> r.key("k")));
		assertDocumentTaken(headers, "<CompleteMultipartUploadResult><Key>k</Key></CompleteMultipartUploadResult>",
				(s3) -> s3.completeMultipartUpload(
						(r) -> r.key("k").uploadId("u").multipartUpload(CompletedMultipartUpload.builder().build())));
		assertDocumentTaken(headers, "<VersioningConfiguration/>", (s3) -> s3.getBucketVersioning((r) -> {
		}));
		assertDocumentTaken(headers, "<Tagging><TagSet/></Tagging>", (s3) -> s3.getObjectTagging((r) -> r.key("k")));
	}

	private void assertDocumentTaken(String headers, String document, Call call) {
		assertTaken("200 OK", headers + "Content-Length: %d\r\n\r\n%s".formatted(document.length(), document), call);
	}

	private void assertTaken(String status, String answer, Call call) {
		assertTaken(status, answer, call, GuardedClients::guarded);
		assertTaken(status, answer, call, GuardedClients::plain);
	}

	private void assertTaken(String status, String answer, Call call, Function<URI, S3Client> clients) {
		List<RequestFailedOver> failovers = new ArrayList<>();
		try (FaultyEndpoint primary = AnsweringEndpoint
			.sending("HTTP/1.1 " + status + "\r\nConnection: close\r\n" + answer);
				S3Client east = clients.apply(primary.uri());
				S3Client west = clients.apply(this.secondary.uri());
				FailoverS3Client s3 = FailoverS3Client.builder()
					.primary(east, "east")
					.secondary(west, "west")
					.build()) {
			run(call, s3.on(RequestFailedOver.class, failovers::add));

			assertThat(failovers).as(answer).isEmpty();
			assertThat(primary.connections()).as(answer).isEqualTo(1);
		}
	}

	/**
	 * Make a call, of this client or of one beside it.
	 */
	void run(Call call, FailoverS3Client s3) {
		call.run(s3);
	}

	/**
	 * A call of a client.
	 */
	@FunctionalInterface
	interface Call {

		void run(S3Client s3);

	}

}
