package io.s3s3;

import java.net.ConnectException;
import java.util.List;
import java.util.stream.Stream;

import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Tests for a batch deletion that failed in part, according to its answer.
 */
class BatchDeletionTests extends AbstractFailoverS3ClientTests {

	@Test
	void sendsOnlyTheKeysThatTheLocationFailedAtToTheOther() {
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class))).willReturn(answer(List.of("a"),
				List.of(error("b", "InternalError"), error("c", "AccessDenied"), error("d", "SlowDown"))));
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of("b", "d"), List.of()));

		DeleteObjectsResponse response = this.client.deleteObjects(request("a", "b", "c", "d"));

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a", "b", "d");
		assertThat(response.errors()).extracting(S3Error::key).containsExactly("c");
		ArgumentCaptor<DeleteObjectsRequest> sent = ArgumentCaptor.forClass(DeleteObjectsRequest.class);
		then(this.secondary).should().deleteObjects(sent.capture());
		assertThat(sent.getValue().bucket()).isEqualTo("west");
		assertThat(sent.getValue().delete().objects()).extracting(ObjectIdentifier::key).containsExactly("b", "d");
		assertThat(this.events).hasAtLeastOneElementOfType(RequestFailedOver.class);
	}

	@Test
	void listsTheKeysThatNoLocationDeleted() {
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of("a"), List.of(error("b", "InternalError"), error("c", "InternalError"))));
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of("b"), List.of(error("c", "SlowDown"))));

		DeleteObjectsResponse response = this.client.deleteObjects(request("a", "b", "c"));

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a", "b");
		assertThat(response.errors()).extracting(S3Error::key).containsExactly("c");
		assertThat(response.errors()).extracting(S3Error::code).containsExactly("SlowDown");
		assertThat(this.events).filteredOn(RequestCompleted.class::isInstance).hasSize(1);
		assertThat(this.events).noneMatch(RequestFailed.class::isInstance);
	}

	@Test
	void tellsWhatWasDeletedThoughTheOtherLocationIsDown() {
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of("a"), List.of(error("b", "InternalError"))));
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willThrow(SdkClientException.create("refused", new ConnectException("Connection refused")));

		DeleteObjectsResponse response = this.client.deleteObjects(request("a", "b"));

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a");
		assertThat(response.errors()).extracting(S3Error::key).containsExactly("b");
		assertThat(this.events).filteredOn(RequestSucceeded.class::isInstance)
			.extracting((event) -> ((RequestSucceeded) event).getLocation())
			.containsExactly(LocationRole.PRIMARY);
	}

	@Test
	void failsWhenNothingWasDeletedAndTheOtherLocationIsDown() {
		SdkClientException refused = SdkClientException.create("refused", new ConnectException("Connection refused"));
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of(), List.of(error("a", "InternalError"))));
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class))).willThrow(refused);

		Throwable error = catchThrowable(() -> this.client.deleteObjects(request("a")));

		assertThat(error).isInstanceOf(S3Exception.class).hasMessageContaining("InternalError");
		assertThat(error.getSuppressed()).contains(refused);
		assertThat(FailoverTrace.of(error)).isPresent();
		assertThat(this.events).noneMatch(RequestSucceeded.class::isInstance).anyMatch(RequestFailed.class::isInstance);
	}

	@Test
	void tellsVersionsOfOneKeyApart() {
		S3Error one = S3Error.builder().key("a").versionId("1").code("InternalError").build();
		S3Error other = S3Error.builder().key("a").versionId("2").code("InternalError").build();
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of(), List.of(one, other)));
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of(), List.of(one, other)));

		assertThat(this.client.deleteObjects(request("a")).errors()).containsExactly(one, other);
	}

	@Test
	void passesAnAnswerOfAForeignBucketOnAsItIs() {
		DeleteObjectsResponse answer = answer(List.of(), List.of(error("a", "InternalError")));
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class))).willReturn(answer);

		assertThat(this.client.deleteObjects(request("a").toBuilder().bucket("foreign").build())).isSameAs(answer);
	}

	@Test
	void leavesAnAnswerOfTheLocationAloneThatAnotherWouldNotChange() {
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of("a"), List.of(error("b", "AccessDenied"))));

		DeleteObjectsResponse response = this.client.deleteObjects(request("a", "b"));

		assertThat(response.errors()).extracting(S3Error::key).containsExactly("b");
		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void keepsVersionsAtHomeThoughHomeFailedAtThem() {
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer(List.of(), List.of(error("a", "InternalError"))));

		DeleteObjectsResponse response = this.client.deleteObjects((request) -> request
			.delete(Delete.builder().objects(ObjectIdentifier.builder().key("a").versionId("v").build()).build()));

		assertThat(response.errors()).extracting(S3Error::key).containsExactly("a");
		then(this.secondary).shouldHaveNoInteractions();
	}

	private static DeleteObjectsRequest request(String... keys) {
		List<ObjectIdentifier> objects = Stream.of(keys)
			.map((key) -> ObjectIdentifier.builder().key(key).build())
			.toList();
		return DeleteObjectsRequest.builder().delete(Delete.builder().objects(objects).build()).build();
	}

	private static DeleteObjectsResponse answer(List<String> deleted, List<S3Error> errors) {
		return DeleteObjectsResponse.builder()
			.deleted(deleted.stream().map((key) -> DeletedObject.builder().key(key).build()).toList())
			.errors(errors)
			.build();
	}

	private static S3Error error(String key, String code) {
		return S3Error.builder().key(key).code(code).build();
	}

}
