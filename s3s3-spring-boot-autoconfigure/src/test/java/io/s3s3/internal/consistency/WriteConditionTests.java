package io.s3s3.internal.consistency;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.internal.consistency.OwnWrite.Kind;
import io.s3s3.internal.consistency.OwnWrite.Span;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectAnnotationRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.RenameObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Request;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which conditions of writes may be taken to hold of an old state, where the last write
 * of the key, which replaced "old" by "new" at the secondary, has not arrived.
 */
class WriteConditionTests {

	private static final String KEY = "key";

	private final KeyHistory replaced = KeyHistory.EMPTY.acknowledged(write(Kind.PUT, "old", 1))
		.acknowledged(write(Kind.PUT, "new", 3));

	private final KeyHistory deleted = KeyHistory.EMPTY.acknowledged(write(Kind.PUT, "old", 1))
		.acknowledged(write(Kind.DELETE, null, 3));

	@Test
	void theETagOfTheLastWriteHoldsOfThatOnly() {
		assertThat(mayHoldOfOld(PutObjectRequest.builder().key(KEY).ifMatch("new").build())).isFalse();
		assertThat(mayHoldOfOld(PutObjectRequest.builder().key(KEY).ifMatch("old").build())).isTrue();
		assertThat(mayHoldOfOld(PutObjectRequest.builder().key(KEY).ifMatch("*").build())).isTrue();
		assertThat(mayHoldOfOld(CopyObjectRequest.builder().destinationKey(KEY).ifMatch("new").build())).isFalse();
		assertThat(mayHoldOfOld(CopyObjectRequest.builder().destinationKey(KEY).ifMatch("old").build())).isTrue();
		assertThat(mayHoldOfOld(CompleteMultipartUploadRequest.builder().key(KEY).ifMatch("old").build())).isTrue();
		assertThat(mayHoldOfOld(PutObjectAnnotationRequest.builder().key(KEY).objectIfMatch("new").build())).isFalse();
		assertThat(mayHoldOfOld(PutObjectAnnotationRequest.builder().key(KEY).objectIfMatch("old").build())).isTrue();
	}

	@Test
	void soItDoesInABatch() {
		assertThat(mayHoldOfOld(WriteCondition.of(ObjectIdentifier.builder().key(KEY).eTag("new").build()))).isFalse();
		assertThat(mayHoldOfOld(WriteCondition.of(ObjectIdentifier.builder().key(KEY).eTag("old").build()))).isTrue();
		assertThat(mayHoldOfOld(WriteCondition.of(ObjectIdentifier.builder().key(KEY).size(7L).build()))).isTrue();
	}

	@Test
	void sizesAndOffsetsHoldOfAnything() {
		assertThat(mayHoldOfOld(DeleteObjectRequest.builder().key(KEY).ifMatchSize(7L).build())).isTrue();
		assertThat(mayHoldOfOld(PutObjectRequest.builder().key(KEY).writeOffsetBytes(7L).build())).isTrue();
		assertThat(mayHoldOfOld(RenameObjectRequest.builder().key(KEY).destinationIfMatch("new").build())).isTrue();
	}

	@Test
	void nothingHoldsOfALocationThatHasTheLastWrite() {
		WriteCondition condition = condition(PutObjectRequest.builder().key(KEY).ifMatch("old").build());

		assertThat(condition.refusal(this.replaced, LocationRole.SECONDARY)).isNull();
	}

	@Test
	void whatWasReplacedIsNotAskedForWhereItMayHaveComeBack() {
		WriteCondition old = condition(PutObjectRequest.builder().key(KEY).ifMatch("old").build());
		WriteCondition last = condition(PutObjectRequest.builder().key(KEY).ifMatch("new").build());
		KeyHistory moved = KeyHistory.EMPTY
			.acknowledged(
					new OwnWrite(Kind.PUT, LocationRole.PRIMARY, ObjectIdentity.of(null, "old"), new Span(1, 1, null)))
			.acknowledged(write(Kind.PUT, "new", 3));

		assertThat(old.refusal(moved, LocationRole.SECONDARY))
			.isInstanceOfSatisfying(S3Exception.class, (refusal) -> assertThat(refusal.statusCode()).isEqualTo(412))
			.hasMessageContaining("has replaced what the condition names of key");
		assertThat(last.refusal(moved, LocationRole.SECONDARY)).isNull();
		assertThat(old.refusal(this.replaced, LocationRole.SECONDARY)).isNull();
	}

	@Test
	void whatWasReplacedIsNotAskedForWhereTheLastWriteWasNotTaken() {
		WriteCondition old = condition(PutObjectRequest.builder().key(KEY).ifMatch("old").build());
		WriteCondition last = condition(PutObjectRequest.builder().key(KEY).ifMatch("new").build());
		WriteCondition foreign = condition(PutObjectRequest.builder().key(KEY).ifMatch("foreign").build());
		KeyHistory replicated = this.replaced.shown(LocationRole.PRIMARY,
				new Sighting(true, ObjectIdentity.of(null, "new"), null, null), 5);

		assertThat(replicated.knows(LocationRole.PRIMARY)).isTrue();
		assertThat(old.refusal(replicated, LocationRole.PRIMARY)).isInstanceOfSatisfying(S3Exception.class,
				(refusal) -> assertThat(refusal.statusCode()).isEqualTo(412));
		assertThat(last.refusal(replicated, LocationRole.PRIMARY)).isNull();
		assertThat(foreign.refusal(replicated, LocationRole.PRIMARY)).isNull();
	}

	@Test
	void thatNothingIsThereHoldsOfADeletionOnly() {
		WriteCondition condition = condition(PutObjectRequest.builder().key(KEY).ifNoneMatch("*").build());

		assertThat(condition.refusal(this.deleted, LocationRole.PRIMARY)).isNull();
		assertThat(condition.refusal(this.replaced, LocationRole.PRIMARY)).isInstanceOf(NotReplicatedException.class);
	}

	@Test
	void aConditionOnAnUploadIsNoneOnTheObject() {
		assertThat(WriteCondition.of(AbortMultipartUploadRequest.builder().key(KEY).uploadId("u").build())).isNull();
	}

	private boolean mayHoldOfOld(S3Request request) {
		return mayHoldOfOld(condition(request));
	}

	private boolean mayHoldOfOld(WriteCondition condition) {
		return condition.refusal(this.replaced, LocationRole.PRIMARY) != null;
	}

	private static WriteCondition condition(S3Request request) {
		WriteCondition condition = WriteCondition.of(request);
		assertThat(condition).isNotNull();
		return condition;
	}

	private static OwnWrite write(Kind kind, @Nullable String eTag, long time) {
		return new OwnWrite(kind, LocationRole.SECONDARY, ObjectIdentity.of(null, eTag), new Span(time, time, null));
	}

}
