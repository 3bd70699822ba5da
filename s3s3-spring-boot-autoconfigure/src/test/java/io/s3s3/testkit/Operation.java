package io.s3s3.testkit;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.s3s3.testkit.Expectation.Scope;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An operation of each kind, whether it may go to another location, and what it is
 * answered with. The object {@value #KEY} holds {@value #CONTENT}.
 */
public enum Operation {

	PUT_BYTES(true, Scope.ALL, (s3, file) -> s3.putObject((r) -> r.key("put"), RequestBody.fromString("y"))),

	PUT_STREAMED(true, Scope.ALL,
			(s3, file) -> s3.putObject((r) -> r.key("put"),
					RequestBody.fromContentProvider(() -> new ByteArrayInputStream(new byte[300_000]), 300_000,
							"text/plain"))),

	GET_BYTES(true, Scope.OBJECT,
			(s3, file) -> assertThat(s3.getObjectAsBytes((r) -> r.key(Operation.KEY)).asUtf8String())
				.isEqualTo(Operation.CONTENT)),

	GET_STREAM(true, Scope.OBJECT, (s3, file) -> {
		try (var stream = s3.getObject((r) -> r.key(Operation.KEY))) {
			assertThat(stream.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(Operation.CONTENT);
		}
	}),

	GET_FILE(true, Scope.OBJECT, (s3, file) -> {
		s3.getObject((r) -> r.key(Operation.KEY), file);
		assertThat(file).hasContent(Operation.CONTENT);
	}),

	HEAD(true, Scope.ALL, (s3, file) -> s3.headObject((r) -> r.key(Operation.KEY))),

	LIST(true, Scope.DOCUMENT,
			(s3, file) -> assertThat(s3.listObjects((r) -> r.prefix(Operation.KEY)).contents()).hasSize(1)),

	LIST_V2(true, Scope.DOCUMENT,
			(s3, file) -> assertThat(s3.listObjectsV2((r) -> r.prefix(Operation.KEY)).contents()).hasSize(1)),

	DELETE(true, Scope.ALL, (s3, file) -> s3.deleteObject((r) -> r.key("gone"))),

	DELETE_OBJECTS(true, Scope.DOCUMENT,
			(s3, file) -> assertThat(s3.deleteObjects(
					(r) -> r.delete(Delete.builder().objects(ObjectIdentifier.builder().key("gone").build()).build()))
				.deleted()).hasSize(1)),

	COPY(true, Scope.DOCUMENT,
			(s3, file) -> assertThat(
					s3.copyObject((r) -> r.sourceKey(Operation.KEY).destinationKey("copy")).copyObjectResult().eTag())
				.isNotBlank()),

	CREATE_UPLOAD(true, Scope.DOCUMENT,
			(s3, file) -> assertThat(s3.createMultipartUpload((r) -> r.key("mp")).uploadId()).isNotBlank()),

	CONDITIONAL_PUT(false, Scope.ALL,
			(s3, file) -> s3.putObject((r) -> r.key("put").ifNoneMatch("*"), RequestBody.fromString("y"))),

	/** Of an upload that this process does not know. */
	UPLOAD_PART(true, Scope.ALL,
			(s3, file) -> s3.uploadPart((r) -> r.key("mp").uploadId("u").partNumber(1), RequestBody.fromString("y"))),

	DELETE_VERSION(false, Scope.ALL, (s3, file) -> s3.deleteObject((r) -> r.key("gone").versionId("v"))),

	BUCKET_VERSIONING(false, Scope.DOCUMENT, (s3, file) -> s3.getBucketVersioning((r) -> {
	}));

	/**
	 * The key of an object.
	 */
	public static final String KEY = "key";

	/**
	 * Its ETag, the MD5 of what it holds.
	 */
	static final String ETAG = "9a0364b9e99bb480dd25e1f0284c8555";

	/**
	 * What it holds.
	 */
	public static final String CONTENT = "content";

	private final boolean elsewhere;

	private final Scope answer;

	private final Call call;

	Operation(boolean elsewhere, Scope answer, Call call) {
		this.elsewhere = elsewhere;
		this.answer = answer;
		this.call = call;
	}

	public void run(S3Client s3, Path file) throws Exception {
		this.call.run(s3, file);
	}

	/**
	 * Whether it may go to another location.
	 * @return whether it may
	 */
	public boolean mayGoElsewhere() {
		return this.elsewhere;
	}

	/**
	 * What is to be made of a fault in the course of this operation.
	 * @param fault the fault
	 * @return the expectation
	 */
	public Expectation expectationOf(Fault fault) {
		return switch (this) {
			case HEAD -> fault.expectationForHead();
			case CONDITIONAL_PUT -> fault.expectation().once();
			default -> fault.expectation();
		};
	}

	/**
	 * Whether a location that answers so may not know what this operation is about.
	 * @param fault the fault
	 * @return whether the other location is asked, too
	 */
	public boolean isUnknownBy(Fault fault) {
		return this == UPLOAD_PART && (fault == Fault.INVALID_ARGUMENT || fault == Fault.NO_SUCH_KEY);
	}

	/**
	 * Whether a fault breaks this operation.
	 * @param fault the fault
	 * @return whether it does
	 */
	public boolean isBrokenBy(Fault fault) {
		// A bucket that never had versions says nothing at all about them.
		if (this == BUCKET_VERSIONING && (fault == Fault.DOCUMENT_IS_EMPTY || fault == Fault.DOCUMENT_IS_ANOTHER)) {
			return false;
		}
		return fault.expectation().scope().contains(this.answer);
	}

	/**
	 * A call of a client.
	 */
	@FunctionalInterface
	private interface Call {

		void run(S3Client s3, Path file) throws Exception;

	}

}
