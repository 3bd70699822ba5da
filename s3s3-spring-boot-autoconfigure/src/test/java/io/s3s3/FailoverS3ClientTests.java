package io.s3s3;

import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

import io.s3s3.event.ErrorReceived;
import io.s3s3.event.RequestCompleted;
import io.s3s3.event.RequestEvent;
import io.s3s3.event.RequestFailed;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.event.RequestRetried;
import io.s3s3.event.RequestSent;
import io.s3s3.event.RequestSucceeded;
import io.s3s3.event.ResponseReceived;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailoverTrace;
import io.s3s3.failure.FailureKind;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link FailoverS3Client}.
 */
class FailoverS3ClientTests extends AbstractFailoverS3ClientTests {

	@Test
	void servesACallAtThePrimary() {
		given(this.primary.headObject(headAt("east"))).willReturn(HEAD);

		assertThat(this.client.headObject((request) -> request.key("k"))).isSameAs(HEAD);

		then(this.secondary).shouldHaveNoInteractions();
		assertThat(this.events).hasExactlyElementsOfTypes(RequestSent.class, ResponseReceived.class,
				RequestSucceeded.class, RequestCompleted.class);
	}

	@Test
	void servesACallAtTheSecondaryWithItsOwnBucket() {
		SdkClientException refused = refused();
		given(this.primary.headObject(headAt("east"))).willThrow(refused);
		given(this.secondary.headObject(headAt("west"))).willReturn(HEAD);

		assertThat(this.client.headObject((request) -> request.bucket("east").key("k"))).isSameAs(HEAD);

		assertThat(this.events).hasExactlyElementsOfTypes(RequestSent.class, ErrorReceived.class, RequestRetried.class,
				RequestFailedOver.class, RequestSent.class, ResponseReceived.class, RequestSucceeded.class,
				RequestCompleted.class);
		RequestFailedOver event = (RequestFailedOver) this.events.get(3);
		assertThat(event.getError()).isSameAs(refused);
		assertThat(event.getReason()).isEqualTo(FailureKind.CONNECTION);
		assertThat(event.getEffect()).isEqualTo(Effect.NOT_SENT);
		assertThat(event.getResponse()).isEmpty();
		assertThat(this.events).extracting(RequestEvent::getCall).containsOnly(event.getCall());
		RequestCompleted completed = (RequestCompleted) this.events.get(7);
		assertThat(completed.getLocation()).isEqualTo(LocationRole.SECONDARY);
		assertThat(completed.getFailure()).isEmpty();
	}

	@Test
	void throwsTheLastErrorWithTheEarlierOnesAndATrace() {
		SdkClientException refused = refused();
		S3Exception unavailable = answer(503);
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused);
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willThrow(unavailable);

		Throwable error = catchThrowable(() -> this.client.headObject((request) -> request.key("k")));

		assertThat(error).isSameAs(unavailable);
		assertThat(error.getSuppressed()).contains(refused);
		assertThat(FailoverTrace.of(error).orElseThrow()).hasMessageContainingAll("HeadObject", "primary: connection",
				"NOT_SENT", "secondary: server-error", "UNKNOWN");
		assertThat(this.events).hasExactlyElementsOfTypes(RequestSent.class, ErrorReceived.class, RequestRetried.class,
				RequestFailedOver.class, RequestSent.class, ErrorReceived.class, RequestFailed.class,
				RequestCompleted.class);
		assertThat(((RequestFailed) this.events.get(6)).getTrace()).isPresent();
	}

	@Test
	void takesTheSameErrorFromBothLocations() {
		SdkClientException refused = refused();
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused);
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willThrow(refused);

		assertThat(catchThrowable(() -> this.client.headObject((request) -> request.key("k")))).isSameAs(refused);
		assertThat(FailoverTrace.of(refused).orElseThrow().attempts()).hasSize(2);
	}

	@Test
	void tellsThatAnAnswerCameFromTheSecondary() {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused());
		given(this.secondary.headObject(any(HeadObjectRequest.class)))
			.willThrow(NoSuchKeyException.builder().statusCode(404).build());

		assertThatExceptionOfType(NoSuchKeyException.class)
			.isThrownBy(() -> this.client.headObject((request) -> request.key("k")))
			.satisfies((error) -> assertThat(FailoverTrace.of(error)).isPresent());
	}

	@Test
	void leavesAnAnswerOfThePrimaryAlone() {
		NoSuchKeyException answer = NoSuchKeyException.builder().statusCode(404).build();
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(answer);

		assertThat(catchThrowable(() -> this.client.headObject((request) -> request.key("k")))).isSameAs(answer);

		assertThat(answer.getSuppressed()).isEmpty();
		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void passesARequestForAForeignBucketToThePrimaryAsItIs() {
		HeadObjectRequest request = headAt("other");
		given(this.primary.headObject(request)).willThrow(refused());

		assertThatExceptionOfType(SdkClientException.class).isThrownBy(() -> this.client.headObject(request));

		then(this.secondary).shouldHaveNoInteractions();
		assertThat(this.events).isEmpty();
	}

	@Test
	void keepsAConditionalWriteAtHomeAndSaysWhy() {
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class))).willThrow(refused());

		Throwable error = catchThrowable(() -> this.client.putObject((request) -> request.key("k").ifNoneMatch("*"),
				RequestBody.fromString("x")));

		then(this.secondary).shouldHaveNoInteractions();
		assertThat(FailoverTrace.of(error).orElseThrow()).hasMessageContaining("s3s3.failover.conditional-writes");
	}

	@Test
	void letsAConditionalWriteFailOverWhenAllowed() {
		given(this.primary.putObject(any(PutObjectRequest.class), any(RequestBody.class))).willThrow(refused());
		given(this.secondary.putObject(any(PutObjectRequest.class), any(RequestBody.class))).willReturn(PUT);

		FailoverS3Client client = this.closer.add(builder().conditionalWrites(true).build());

		assertThat(client.putObject((request) -> request.key("k").ifMatch("e"), RequestBody.fromString("x")))
			.isSameAs(PUT);
	}

	@Test
	void sendsPartsToTheLocationThatIssuedTheUpload() {
		given(this.primary
			.createMultipartUpload(any(software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest.class)))
			.willThrow(refused());
		given(this.secondary
			.createMultipartUpload(any(software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest.class)))
			.willReturn(CreateMultipartUploadResponse.builder().uploadId("u").build());
		given(this.secondary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class)))
			.willReturn(UploadPartResponse.builder().build());
		this.client.createMultipartUpload((request) -> request.key("k"));

		this.client.uploadPart((request) -> request.key("k").uploadId("u").partNumber(1),
				RequestBody.fromInputStream(InputStream.nullInputStream(), 0));

		then(this.primary).should(never()).uploadPart(any(UploadPartRequest.class), any(RequestBody.class));
	}

	@Test
	void triesTheLocationsInTurnAsOftenAsAllowed() {
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused()).willThrow(refused());
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willThrow(refused()).willReturn(HEAD);

		FailoverS3Client client = this.closer.add(builder().rounds(2, Duration.ofMillis(1)).build());

		assertThat(client.headObject((request) -> request.key("k"))).isSameAs(HEAD);
		then(this.primary).should(times(2)).headObject(any(HeadObjectRequest.class));
		then(this.secondary).should(times(2)).headObject(any(HeadObjectRequest.class));
	}

	@Test
	void keepsTheErrorThoughTheClassifierFails() {
		SdkClientException refused = refused();
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused);
		FailoverS3Client client = this.closer.add(builder().classifier((error) -> {
			throw new IllegalStateException("broken classifier");
		}).listener(this.events::add).build());

		assertThat(catchThrowable(() -> client.headObject((request) -> request.key("k")))).isSameAs(refused);

		assertThat(this.events).hasExactlyElementsOfTypes(RequestSent.class, ErrorReceived.class, RequestFailed.class,
				RequestCompleted.class);
	}

	@Test
	@SuppressWarnings("NullAway") // what is tested
	void refusesANullRequest() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.client.headObject((HeadObjectRequest) null))
			.withMessage("request is required");
	}

	@Test
	void listsOnBehindAnEmptyPage() {
		given(this.primary.listObjectsV2(any(ListObjectsV2Request.class)))
			.willReturn(ListObjectsV2Response.builder().isTruncated(true).nextContinuationToken("t").build())
			.willReturn(ListObjectsV2Response.builder().contents(S3Object.builder().key("k").build()).build());

		assertThat(new FailoverS3Template(this.client, null).listAll("")).hasSize(1);
	}

	@Test
	void doesNotAskForAPageBeforeTheListingIsRead() {
		Stream<S3Object> listing = new FailoverS3Template(this.client, null).listAll("");

		then(this.primary).shouldHaveNoInteractions();
		listing.close();
	}

	@Test
	void isAnObjectLikeAnyOther() {
		assertThat(Set.of(this.client, this.closer.add(builder().build()))).hasSize(2).contains(this.client);
		assertThat(this.client).hasToString("FailoverS3Client[primary (bucket east), secondary (bucket west)]");
		assertThat(this.client.home().role()).isEqualTo(LocationRole.PRIMARY);
		assertThat(this.client.locations().secondary().bucket()).isEqualTo("west");
	}

	@Test
	void endsWithoutClosingTheClientsOfTheLocations() {
		this.client.close();

		assertThatIllegalStateException().isThrownBy(() -> this.client.headObject((request) -> request.key("k")));
		assertThat(this.events).isEmpty();
		then(this.primary).should(never()).close();
		then(this.secondary).should(never()).close();
	}

	@Test
	void waitsThroughTheEngine() {
		HeadObjectResponse.Builder found = HeadObjectResponse.builder().eTag("e");
		found.sdkHttpResponse(SdkHttpResponse.builder().statusCode(200).build());
		given(this.primary.headObject(any(HeadObjectRequest.class))).willThrow(refused());
		given(this.secondary.headObject(any(HeadObjectRequest.class))).willReturn(found.build());

		assertThat(this.client.waiter().waitUntilObjectExists((request) -> request.key("k")).matched().response())
			.contains(found.build());
	}

	@Test
	void cannotSignUrlsWithoutAPresigner() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.client.presigner()
				.presignGetObject((presign) -> presign.signatureDuration(Duration.ofMinutes(1))
					.getObjectRequest(GetObjectRequest.builder().key("k").build())))
			.withMessageContaining("primary location has no presigner");
	}

	@Test
	void refusesToBeBuiltWithoutEitherLocation() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FailoverS3Client.builder().secondary(this.secondary, "west").build())
			.withMessageContaining("primary");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> FailoverS3Client.builder().primary(this.primary, "east").build())
			.withMessageContaining("secondary");
		assertThatIllegalArgumentException().isThrownBy(() -> FailoverS3Client.builder().primary(this.primary, " "))
			.withMessageContaining("bucket of the primary");
		assertThatIllegalArgumentException().isThrownBy(() -> builder().rounds(0, Duration.ZERO))
			.withMessageContaining("0");
	}

	private static HeadObjectRequest headAt(String bucket) {
		return HeadObjectRequest.builder().bucket(bucket).key("k").build();
	}

	private static S3Exception answer(int status) {
		return (S3Exception) S3Exception.builder().statusCode(status).build();
	}

}
