package io.s3s3;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.consistency.ObjectAbsence;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is read and copied of own deletions, and of sources, while the locations differ.
 */
class OwnDeletionsIntegrationTests extends AbstractOwnWritesTests {

	@Test
	void doesNotBringBackWhatItDeleted() {
		put("first");
		this.west.put(this.key, bytes("first"));
		this.client.deleteObject((request) -> request.key(this.key));
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(this::get)
			.satisfies((absence) -> assertThat(ObjectAbsence.of(absence)).isEqualTo(ObjectAbsence.DELETED));
		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(this::head);
		assertThat(new FailoverS3Template(this.client, null).exists(this.key)).isFalse();
	}

	@Test
	void doesNotBringBackWhatABatchDeleted() {
		put("first");
		this.west.put(this.key, bytes("first"));
		Delete batch = Delete.builder().objects(ObjectIdentifier.builder().key(this.key).build()).quiet(true).build();
		this.client.deleteObjects((request) -> request.delete(batch));
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(this::get);
	}

	@Test
	void doesNotCopyAnOldSource() {
		put("first");
		this.west.put(this.key, bytes("first"));
		put("second");
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> this.client
			.copyObject((request) -> request.sourceBucket("east").sourceKey(this.key).destinationKey("copy")));
		assertThat(this.west.client().listObjectsV2((request) -> request.bucket("west")).contents())
			.noneMatch((object) -> object.key().equals("copy"));
	}

	@Test
	void doesNotCopyADeletedSource() {
		put("first");
		this.west.put(this.key, bytes("first"));
		this.client.deleteObject((request) -> request.key(this.key));
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(() -> this.client
			.copyObject((request) -> request.sourceBucket("east").sourceKey(this.key).destinationKey("copy")));
	}

	@Test
	void takesTheWordOfTheWriterThatSomebodyElseHasDeleted() {
		put("first");
		try (S3Client other = this.east.client()) {
			other.deleteObject((request) -> request.bucket("east").key(this.key));
		}

		assertThatExceptionOfType(NoSuchKeyException.class).isThrownBy(this::get);
	}

}
