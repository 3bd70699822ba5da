package io.s3s3;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.event.ReadUnproven;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import io.s3s3.testkit.FaultProxy.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is read of own writes while the locations differ.
 */
class OwnWritesIntegrationTests extends AbstractOwnWritesTests {

	@Test
	void refusesAReadThatLacksTheLastWrite() {
		put("first");
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::get)
			.withMessageContaining(this.key)
			.satisfies((refusal) -> assertThat(refusal.statusCode()).isEqualTo(503))
			.satisfies((refusal) -> assertThat(refusal.getSuppressed())
				.anyMatch((other) -> other instanceof NoSuchKeyException)
				.anyMatch((other) -> other instanceof FailoverTrace));
		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::head);
		assertThatExceptionOfType(NotReplicatedException.class)
			.isThrownBy(() -> new FailoverS3Template(this.client, null).exists(this.key));
	}

	@Test
	void refusesAReadThatWouldShowAnOldWrite() {
		put("first");
		this.west.put(this.key, bytes("first"));
		put("second");
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::get);
		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::head);
	}

	@Test
	void servesTheLastWriteFromWhereverItHasArrived() {
		put("first");
		this.west.put(this.key, bytes("first"));
		this.toEast.mode(Mode.REFUSE);

		assertThat(get()).isEqualTo("first");
		assertThat(this.events).noneMatch(ReadUnproven.class::isInstance);
	}

	@Test
	void servesAsItIsWhenAskedTo() {
		try (FailoverS3Client asServed = client(ConsistencySettings.AS_SERVED)) {
			asServed.putObject((request) -> request.key(this.key), RequestBody.fromString("first"));
			this.toEast.mode(Mode.REFUSE);

			assertThatExceptionOfType(NoSuchKeyException.class)
				.isThrownBy(() -> asServed.getObjectAsBytes((request) -> request.key(this.key)));
		}
	}

	@Test
	void asksTheWriterWhereTheOtherLocationLags() {
		this.toEast.mode(Mode.REFUSE);
		put("away");
		this.toEast.mode(Mode.FORWARD);

		assertThat(get()).isEqualTo("away");
		assertThat(head()).isNotNull();
	}

	@Test
	void staysWithTheWriterForReadsAndWritesUntilHomeHasTheWrite() {
		this.toEast.mode(Mode.REFUSE);
		put("away");
		this.toEast.mode(Mode.FORWARD);

		put("away again");

		assertThat(this.east.client().listObjectsV2((request) -> request.bucket("east")).contents()).isEmpty();
		assertThat(get()).isEqualTo("away again");
	}

	@Test
	void doesNotConfirmTheOldCopyThatACallerHas() {
		String old = put("first");
		this.west.put(this.key, bytes("first"));
		put("second");
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class)
			.isThrownBy(() -> this.client.getObjectAsBytes((request) -> request.key(this.key).ifNoneMatch(old)));
	}

	@Test
	void confirmsTheLastWriteThatACallerHas() {
		String current = put("first");
		this.west.put(this.key, bytes("first"));
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(S3Exception.class)
			.isThrownBy(() -> this.client.getObjectAsBytes((request) -> request.key(this.key).ifNoneMatch(current)))
			.satisfies((answer) -> assertThat(answer.statusCode()).isEqualTo(304));
	}

	@Test
	void servesWhatSomebodyElseWroteWhenNothingDisprovesIt() {
		put("first");
		this.west.put(this.key, bytes("somebody else's"));
		this.toEast.mode(Mode.REFUSE);

		assertThat(get()).isEqualTo("somebody else's");
		assertThat(this.events).hasAtLeastOneElementOfType(ReadUnproven.class);
	}

	@Test
	void tellsOfAStaleAnswerAsOfAnyFailover() {
		this.toEast.mode(Mode.REFUSE);
		put("away");
		this.toEast.mode(Mode.FORWARD);
		this.toWest.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(this::get);
		this.toWest.mode(Mode.FORWARD);
		assertThat(get()).isEqualTo("away");
		assertThat(this.events).filteredOn(RequestFailedOver.class::isInstance)
			.extracting((event) -> ((RequestFailedOver) event).getReason())
			.contains(FailureKind.CONNECTION);
	}

	@Test
	void comesHomeOnceHomeHasTheWrite() {
		this.toEast.mode(Mode.REFUSE);
		put("away");
		this.toEast.mode(Mode.FORWARD);
		this.east.put(this.key, bytes("away"));

		Awaitility.await().untilAsserted(() -> {
			this.events.clear();
			assertThat(get()).isEqualTo("away");
			assertThat(this.events).filteredOn(RequestSucceeded.class::isInstance)
				.extracting((event) -> ((RequestSucceeded) event).getLocation())
				.containsExactly(LocationRole.PRIMARY);
		});
	}

	@Test
	void takesTheBytesOfAnOldWriteForSomebodyElsesWhereItCannotHaveComeBack() {
		put("first");
		this.client.deleteObject((request) -> request.key(this.key));
		this.east.put(this.key, bytes("first"));

		assertThat(get()).isEqualTo("first");
		assertThat(head()).isNotNull();
	}

	@Test
	void goesWhereAnOperatorForcesCallsThoughTheWriteIsNotThere() {
		put("east");
		this.control.force(LocationRole.SECONDARY);

		put("west");

		assertThat(this.westClient.listObjectsV2((request) -> request.bucket("west")).contents()).hasSize(1);
	}

	@Test
	void streamsNothingOld() {
		put("first");
		this.west.put(this.key, bytes("first"));
		put("second");
		this.toEast.mode(Mode.REFUSE);

		assertThatExceptionOfType(NotReplicatedException.class)
			.isThrownBy(() -> this.client.getObject((request) -> request.key(this.key)).close());
		assertThat(this.toWest.openConnections()).isLessThanOrEqualTo(1);
	}

}
