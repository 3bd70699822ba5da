package io.s3s3;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.consistency.NotReplicatedException;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.failure.FailureKind;
import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.health.HealthSettings;
import io.s3s3.health.TrafficDirector;
import io.s3s3.location.LocationRole;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

/**
 * A batch deletion whose objects have conditions, while the locations differ: this
 * process has replaced an object away from home.
 */
class ConditionalBatchDeletionTests {

	private final S3Client primary = mock(S3Client.class);

	private final S3Client secondary = mock(S3Client.class);

	private final List<RequestEvent> events = new ArrayList<>();

	private final TrafficDirector director = new TrafficDirector(HealthSettings.DEFAULTS, List.of());

	@AutoClose
	private final FailoverS3Client client = client(false);

	@BeforeEach
	void letBothDeleteAll() {
		List.of(this.primary, this.secondary)
			.forEach((location) -> given(location.deleteObjects(any(DeleteObjectsRequest.class)))
				.willAnswer((call) -> answerTo(call.getArgument(0))));
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class)))
			.willReturn(PutObjectResponse.builder().eTag("\"old\"").build())
			.willThrow(SdkClientException.create("refused", new ConnectException("Connection refused")));
		given(this.secondary.putObject(any(PutObjectRequest.class), any(RequestBody.class)))
			.willReturn(PutObjectResponse.builder().eTag("\"new\"").build());
	}

	@Test
	void checksAConditionWhereTheLastWriteIs() {
		replaceAway(this.client);

		assertThat(delete(object("key", "new")).deleted()).extracting(DeletedObject::key).containsExactly("key");
		then(this.primary).should(never()).deleteObjects(any(DeleteObjectsRequest.class));
	}

	@Test
	void deletesNothingByAnOldETagWhereTheLastWriteIsNot() {
		replaceAway(this.client);
		loseWriter();

		assertThatExceptionOfType(NotReplicatedException.class).isThrownBy(() -> delete(object("key", "old")))
			.withMessageContaining("key");
		then(this.primary).should(never()).deleteObjects(any(DeleteObjectsRequest.class));
		assertThat(this.events).filteredOn(RequestFailed.class::isInstance)
			.singleElement()
			.satisfies((event) -> assertThat(((RequestFailed) event).getAttempt().failure().kind())
				.isEqualTo(FailureKind.STALE));
	}

	@Test
	void deletesTheOthersAndTellsWhichItMustNot() {
		replaceAway(this.client);
		loseWriter();

		DeleteObjectsResponse response = delete(object("key", "old"), object("other", "any"), object("third", null));

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactlyInAnyOrder("other", "third");
		assertThat(response.errors()).singleElement().satisfies((error) -> {
			assertThat(error.key()).isEqualTo("key");
			assertThat(error.code()).isEqualTo(NotReplicatedException.CODE);
		});
	}

	@Test
	void asksALocationForWhatOnlyTheLastWriteHas() {
		replaceAway(this.client);
		loseWriter();

		assertThat(delete(object("key", "new")).deleted()).hasSize(1);
	}

	@Test
	void doesNotTakeTheWordOfALocationThatLacksTheLastWrite() {
		replaceAway(this.client);
		loseWriter();
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class))).willReturn(DeleteObjectsResponse.builder()
			.errors(S3Error.builder().key("key").code("PreconditionFailed").build())
			.build());

		assertThat(delete(object("key", "new")).errors()).extracting(S3Error::code)
			.containsExactly(NotReplicatedException.CODE);
	}

	@Test
	void takesTheWordOfTheWriter() {
		replaceAway(this.client);
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class))).willReturn(DeleteObjectsResponse.builder()
			.errors(S3Error.builder().key("key").code("PreconditionFailed").build())
			.build());

		assertThat(delete(object("key", "foreign")).errors()).extracting(S3Error::code)
			.containsExactly("PreconditionFailed");
	}

	@Test
	void deniesByItselfWhatItHasReplacedWhereThatMayHaveComeBack() {
		replaceAway(this.client);

		DeleteObjectsResponse response = delete(object("key", "old"));

		assertThat(response.deleted()).isEmpty();
		assertThat(response.errors()).singleElement().satisfies((error) -> {
			assertThat(error.key()).isEqualTo("key");
			assertThat(error.code()).isEqualTo("PreconditionFailed");
		});
		then(this.secondary).should(never()).deleteObjects(any(DeleteObjectsRequest.class));
		assertThat(delete(object("key", "new")).deleted()).hasSize(1);
	}

	@Test
	void failsAsTheObjectThatMayHaveBeenDeleted() {
		replaceAway(this.client);
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willThrow(SdkClientException.create("no answer", new SocketTimeoutException("Read timed out")));
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willThrow(SdkClientException.create("refused", new ConnectException("Connection refused")));

		assertThatExceptionOfType(SdkClientException.class)
			.isThrownBy(() -> delete(object("key", "new"), object("other", "any")))
			.withMessageContaining("no answer");
	}

	@Test
	void keepsTheRuleWhereConditionsMayGoAnywhere() {
		try (FailoverS3Client anywhere = client(true)) {
			replaceAway(anywhere);
			given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class)))
				.willThrow(SdkClientException.create("refused", new ConnectException("Connection refused")));

			DeleteObjectsResponse response = anywhere.deleteObjects((request) -> request
				.delete((delete) -> delete.objects(object("key", "foreign"), object("other", "any"))));

			assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("other");
			assertThat(response.errors()).extracting(S3Error::code).containsExactly(NotReplicatedException.CODE);
			ArgumentCaptor<DeleteObjectsRequest> sent = ArgumentCaptor.forClass(DeleteObjectsRequest.class);
			then(this.primary).should().deleteObjects(sent.capture());
			assertThat(sent.getValue().delete().objects()).extracting(ObjectIdentifier::key).containsExactly("other");
		}
	}

	private FailoverS3Client client(boolean conditionsAnywhere) {
		return FailoverS3Client.builder()
			.primary(this.primary, "east")
			.secondary(this.secondary, "west")
			.director(this.director)
			.conditionalWrites(conditionsAnywhere)
			.listener(this.events::add)
			.build();
	}

	private static void replaceAway(FailoverS3Client client) {
		client.putObject((put) -> put.key("key"), RequestBody.fromString("first"));
		client.putObject((put) -> put.key("key"), RequestBody.fromString("second"));
	}

	private void loseWriter() {
		FailoverControl.of(this.director, this.client.locations(), HealthProbe.headBucket(Duration.ofSeconds(2)))
			.drain(LocationRole.SECONDARY);
	}

	private DeleteObjectsResponse delete(ObjectIdentifier... objects) {
		return this.client.deleteObjects((request) -> request.delete((delete) -> delete.objects(objects)));
	}

	private static ObjectIdentifier object(String key, @Nullable String eTag) {
		return ObjectIdentifier.builder().key(key).eTag(eTag).build();
	}

	private static DeleteObjectsResponse answerTo(DeleteObjectsRequest request) {
		return DeleteObjectsResponse.builder()
			.deleted(request.delete()
				.objects()
				.stream()
				.map((object) -> DeletedObject.builder().key(object.key()).build())
				.toList())
			.build();
	}

}
