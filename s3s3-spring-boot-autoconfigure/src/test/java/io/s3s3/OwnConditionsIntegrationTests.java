package io.s3s3;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.event.ReadUnproven;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Conditions of writes, and listings, while the locations differ.
 */
class OwnConditionsIntegrationTests extends AbstractOwnWritesTests {

	@Test
	void doesNotReplaceByAnOldETagWhatItWroteElsewhere() {
		String old = put("first");
		this.west.put(this.key, bytes("first"));
		writeAway("second");
		loseWriter();

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> putIf(old));
		assertThat(this.east.client().getObjectAsBytes((get) -> get.bucket("east").key(this.key)).asUtf8String())
			.isEqualTo("first");
	}

	@Test
	void doesNotCreateTwiceWhatItCreatedElsewhere() {
		writeAway("first");
		loseWriter();

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::create);
		assertThat(this.east.client().listObjectsV2((list) -> list.bucket("east")).contents()).isEmpty();
	}

	@Test
	void replacesWhatItWroteElsewhereOnceThatHasArrived() {
		String current = writeAway("second");
		this.east.put(this.key, bytes("second"));
		loseWriter();

		putIf(current);

		assertThat(get()).isEqualTo("third");
	}

	@Test
	void doesNotTakeTheWordOfALocationThatLacksTheLastWriteForAConditionThatFails() {
		put("first");
		String current = writeAway("second");
		loseWriter();

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> putIf(current));
	}

	@Test
	void checksAConditionWhereTheLastWriteIs() {
		put("first");
		String current = writeAway("second");

		putIf(current);

		assertThat(get()).isEqualTo("third");
		assertThatExceptionOfType(S3Exception.class).isThrownBy(() -> putIf(current))
			.satisfies((answer) -> assertThat(answer.statusCode()).isEqualTo(412));
	}

	@Test
	void deletesNoneOfABatchByAnOldETagThatItReplacedElsewhere() {
		String old = put("first");
		this.west.put(this.key, bytes("first"));
		this.east.put("other", bytes("other"));
		writeAway("second");
		loseWriter();

		DeleteObjectsResponse response = this.client.deleteObjects((request) -> request.delete((delete) -> delete
			.objects((object) -> object.key(this.key).eTag(old), (object) -> object.key("other"))));

		assertThat(response.errors()).extracting(S3Error::code).containsExactly(NotReplicatedException.CODE);
		assertThat(this.east.client().listObjectsV2((list) -> list.bucket("east")).contents()).extracting(S3Object::key)
			.containsExactly(this.key);
	}

	@Test
	void doesNotReplaceByAnOldETagWhereConditionsMayGoAnywhere() {
		try (FailoverS3Client anywhere = FailoverS3Client.builder()
			.primary(this.eastClient, "east")
			.secondary(this.westClient, "west")
			.conditionalWrites(true)
			.build()) {
			String old = anywhere.putObject((put) -> put.key(this.key), RequestBody.fromString("first")).eTag();
			this.west.put(this.key, bytes("first"));
			anywhere.putObject((put) -> put.key(this.key), RequestBody.fromString("second"));
			this.toEast.mode(Mode.REFUSE);

			assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(
					() -> anywhere.putObject((put) -> put.key(this.key).ifMatch(old), RequestBody.fromString("third")));
			assertThat(this.west.client().getObjectAsBytes((get) -> get.bucket("west").key(this.key)).asUtf8String())
				.isEqualTo("first");
		}
	}

	@Test
	void tellsThatAPageMayLackWhatItWrote() {
		put("first");
		list();
		assertThat(this.events).noneMatch(ReadUnproven.class::isInstance);
		this.toEast.mode(Mode.REFUSE);

		list();

		assertThat(this.events).hasAtLeastOneElementOfType(ReadUnproven.class);
	}

	@Test
	void listsWhereTheLastWriteIs() {
		writeAway("first");

		assertThat(list()).isEqualTo(1);
		assertThat(this.events).noneMatch(ReadUnproven.class::isInstance);
	}

	private int list() {
		return this.client.listObjectsV2((request) -> request.prefix(this.key)).contents().size();
	}

	private String writeAway(String text) {
		this.toEast.mode(Mode.REFUSE);
		String eTag = put(text);
		this.toEast.mode(Mode.FORWARD);
		return eTag;
	}

	private void loseWriter() {
		this.control.drain(LocationRole.SECONDARY);
	}

	private void create() {
		this.client.putObject((put) -> put.key(this.key).ifNoneMatch("*"), RequestBody.fromString("created"));
	}

	private void putIf(String eTag) {
		this.client.putObject((put) -> put.key(this.key).ifMatch(eTag), RequestBody.fromString("third"));
	}

}
