package io.s3s3;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.DeletedObject;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;

/**
 * Tests for the ways in which services answer a batch deletion.
 */
class BatchDeletionAnswerTests extends AbstractFailoverS3ClientTests {

	@BeforeEach
	void letTheSecondaryDeleteAll() {
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class))).willAnswer((call) -> {
			DeleteObjectsRequest request = call.getArgument(0);
			return answer((answer) -> answer.deleted(request.delete()
				.objects()
				.stream()
				.map((object) -> DeletedObject.builder().key(object.key()).build())
				.toList()));
		});
	}

	@Test
	void knowsAKeyByAnEmptyVersionId() {
		primaryAnswers((answer) -> answer.deleted(deleted("a"))
			.errors(error("b", "InternalError").toBuilder().versionId("").build()));

		DeleteObjectsResponse response = delete("a", "b");

		assertThat(keysSentToTheSecondary()).containsExactly("b");
		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a", "b");
		assertThat(response.errors()).isEmpty();
	}

	@Test
	void knowsAKeyByItsEncoding() {
		primaryAnswers((answer) -> answer.deleted(deleted("a+b%2F")).errors(error("%C3%BC%25", "InternalError")));

		DeleteObjectsResponse response = delete("a b/", "\u00FC%");

		assertThat(keysSentToTheSecondary()).containsExactly("\u00FC%");
		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a b/", "\u00FC%");
	}

	@ParameterizedTest
	@ValueSource(strings = { "InternalError", "SlowDown", "SlowDownWrite", "ServiceUnavailable", "RequestTimeout",
			"ThrottlingException", "QuotaExceeded", "NeverHeardOf" })
	void sendsToTheSecondaryWhatThePrimaryFailedAt(String code) {
		primaryAnswers((answer) -> answer.errors(error("a", code)));

		DeleteObjectsResponse response = delete("a");

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a");
		assertThat(response.errors()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "AccessDenied", "MethodNotAllowed", "InvalidArgument", "KeyTooLongError", "NoSuchVersion",
			"PreconditionFailed", "InvalidObjectState" })
	void leavesToTheCallerWhatIsTheCallers(String code) {
		primaryAnswers((answer) -> answer.errors(error("a", code)));

		DeleteObjectsResponse response = delete("a");

		assertThat(response.errors()).extracting(S3Error::code).containsExactly(code);
		then(this.secondary).should(never()).deleteObjects(any(DeleteObjectsRequest.class));
	}

	@Test
	void takesNoKeyForDeletedThatTheAnswerDoesNotMention() {
		primaryAnswers((answer) -> answer.deleted(deleted("a")));

		DeleteObjectsResponse response = delete("a", "b");

		assertThat(keysSentToTheSecondary()).containsExactly("b");
		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a", "b");
	}

	@Test
	void listsAKeyAsFailedThatNoAnswerMentions() {
		primaryAnswers((answer) -> answer.deleted(deleted("a")));
		given(this.secondary.deleteObjects(any(DeleteObjectsRequest.class)))
			.willReturn(answer((answer) -> answer.deleted(deleted("other"))));

		DeleteObjectsResponse response = delete("a", "b");

		assertThat(response.errors()).singleElement().satisfies((error) -> {
			assertThat(error.key()).isEqualTo("b");
			assertThat(error.code()).isEqualTo("InternalError");
			assertThat(error.message()).contains("does not say");
		});
	}

	@Test
	void takesKeysForDeletedThatAQuietAnswerDoesNotMention() {
		primaryAnswers((answer) -> answer.errors(error("b", "SlowDown")));

		DeleteObjectsResponse response = this.client.deleteObjects(
				(request) -> request.delete(Delete.builder().quiet(true).objects(identifiers("a", "b")).build()));

		assertThat(keysSentToTheSecondary()).containsExactly("b");
		assertThat(response.errors()).isEmpty();
	}

	@Test
	void passesOnWhatSpeaksOfOtherKeys() {
		primaryAnswers((answer) -> answer.deleted(deleted("a"), deleted("other"))
			.errors(error("another", "InternalError"), S3Error.builder().code("InternalError").build()));

		DeleteObjectsResponse response = delete("a");

		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a", "other");
		assertThat(response.errors()).hasSize(2);
		then(this.secondary).should(never()).deleteObjects(any(DeleteObjectsRequest.class));
	}

	@Test
	void sendsAKeyOnceThatIsNamedTwice() {
		primaryAnswers((answer) -> answer.errors(error("a", "InternalError"), error("a", "InternalError")));

		DeleteObjectsResponse response = delete("a", "a");

		assertThat(keysSentToTheSecondary()).containsExactly("a");
		assertThat(response.errors()).isEmpty();
	}

	@Test
	void letsKeysFailOverThoughVersionsMustStay() {
		primaryAnswers((answer) -> answer.errors(error("a", "InternalError"),
				error("b", "InternalError").toBuilder().versionId("1").build()));

		DeleteObjectsResponse response = this.client.deleteObjects(
				(request) -> request.delete((delete) -> delete.objects(ObjectIdentifier.builder().key("a").build(),
						ObjectIdentifier.builder().key("b").versionId("1").build())));

		assertThat(keysSentToTheSecondary()).containsExactly("a");
		assertThat(response.deleted()).extracting(DeletedObject::key).containsExactly("a");
		assertThat(response.errors()).extracting(S3Error::versionId).contains("1");
	}

	private void primaryAnswers(Consumer<DeleteObjectsResponse.Builder> answer) {
		given(this.primary.deleteObjects(any(DeleteObjectsRequest.class))).willReturn(answer(answer));
	}

	private List<String> keysSentToTheSecondary() {
		ArgumentCaptor<DeleteObjectsRequest> sent = ArgumentCaptor.forClass(DeleteObjectsRequest.class);
		then(this.secondary).should().deleteObjects(sent.capture());
		return sent.getValue().delete().objects().stream().map(ObjectIdentifier::key).toList();
	}

	private DeleteObjectsResponse delete(String... keys) {
		return this.client.deleteObjects((request) -> request.delete((delete) -> delete.objects(identifiers(keys))));
	}

	private static List<ObjectIdentifier> identifiers(String... keys) {
		return Stream.of(keys).map((key) -> ObjectIdentifier.builder().key(key).build()).toList();
	}

	private static DeleteObjectsResponse answer(Consumer<DeleteObjectsResponse.Builder> answer) {
		DeleteObjectsResponse.Builder builder = DeleteObjectsResponse.builder();
		answer.accept(builder);
		builder.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build());
		return builder.build();
	}

	private static DeletedObject deleted(String key) {
		return DeletedObject.builder().key(key).build();
	}

	private static S3Error error(String key, String code) {
		return S3Error.builder().key(key).code(code).build();
	}

}
