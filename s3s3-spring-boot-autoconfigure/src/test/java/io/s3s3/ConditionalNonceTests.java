package io.s3s3;

import java.net.SocketTimeoutException;
import java.util.Map;

import io.s3s3.consistency.ConsistencySettings;
import io.s3s3.consistency.ConsistencySettings.Confirmation;
import io.s3s3.consistency.ReadConsistency;
import io.s3s3.failure.Effect;
import io.s3s3.failure.FailoverTrace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Conditional writes whose answer gets lost.
 */
class ConditionalNonceTests {

	private static final String NONCE = "s3s3-nonce";

	private final S3Client east = Mockito.mock(S3Client.class);

	private final S3Client west = Mockito.mock(S3Client.class);

	private final SdkClientException lost = SdkClientException.create("Lost", new SocketTimeoutException());

	private final Throwable denied = S3Exception.builder().statusCode(412).requestId("request").build();

	/** The mark of the last put. */
	private @Nullable String mark;

	@Test
	void succeedsWhenTheObjectIsTheOneOfTheCall() {
		put(this.east, this.lost);
		show(this.east, true);

		assertThat(create(true, false)).isInstanceOfSatisfying(PutObjectResponse.class,
				(stored) -> assertThat(stored.eTag()).isEqualTo("shown"));
	}

	@Test
	void failsWhenTheObjectIsAnotherOne() {
		put(this.east, this.lost);
		show(this.east, false);

		assertThat(create(true, false)).isSameAs(this.lost);
	}

	@Test
	void failsWhenNobodyTells() {
		put(this.east, this.lost);
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenThrow(this.lost);

		assertThat(create(true, false)).isSameAs(this.lost);
	}

	@Test
	void succeedsWhereTheConditionFailsBecauseOfTheCallItself() {
		put(this.east, this.lost);
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class))).thenThrow(this.lost);
		put(this.west, this.denied);
		show(this.west, true);

		assertThat(create(true, true)).isInstanceOf(PutObjectResponse.class);
	}

	@Test
	void tellsThatTheEffectIsUnknownWhereTheConditionFailsAfterALostAnswer() {
		put(this.east, this.lost);
		put(this.west, this.denied);

		assertThat(create(false, true)).isSameAs(this.denied)
			.satisfies((error) -> assertThat(FailoverTrace.of((Throwable) error).orElseThrow().attempts()).hasSize(2)
				.allSatisfy((attempt) -> assertThat(attempt.failure().effect()).isEqualTo(Effect.UNKNOWN)));
		assertThat(this.mark).isNull();
	}

	@Test
	void takesTheWordOfTheLocationOtherwise() {
		put(this.east, this.denied);

		assertThat(create(true, false)).isSameAs(this.denied);
		Mockito.verify(this.east, Mockito.never()).headObject(Mockito.any(HeadObjectRequest.class));
	}

	@Test
	void marksNothingWithoutACondition() {
		Mockito.when(this.east.putObject(Mockito.any(PutObjectRequest.class), Mockito.any(RequestBody.class)))
			.thenReturn((PutObjectResponse) PutObjectResponse.builder().eTag("e").build());
		try (FailoverS3Client client = client(true, false)) {
			client.putObject((put) -> put.key("k"), RequestBody.fromString("x"));
		}

		ArgumentCaptor<PutObjectRequest> sent = ArgumentCaptor.forClass(PutObjectRequest.class);
		Mockito.verify(this.east).putObject(sent.capture(), Mockito.any(RequestBody.class));
		assertThat(sent.getValue().metadata()).doesNotContainKey(NONCE);
	}

	private void put(S3Client client, Throwable error) {
		Mockito.when(client.putObject(Mockito.any(PutObjectRequest.class), Mockito.any(RequestBody.class)))
			.thenAnswer((call) -> {
				this.mark = call.<PutObjectRequest>getArgument(0).metadata().get(NONCE);
				throw error;
			});
	}

	private void show(S3Client client, boolean own) {
		Mockito.when(client.headObject(Mockito.any(HeadObjectRequest.class)))
			.thenAnswer((call) -> HeadObjectResponse.builder()
				.eTag("shown")
				.metadata(Map.of(NONCE, own ? String.valueOf(this.mark) : "other", "mine", "kept"))
				.build());
	}

	/**
	 * Return what the call returns or throws.
	 */
	private @Nullable Object create(boolean marked, boolean anywhere) {
		try (FailoverS3Client client = client(marked, anywhere)) {
			PutObjectResponse[] stored = new PutObjectResponse[1];
			Throwable error = catchThrowable(() -> stored[0] = client.putObject(
					(put) -> put.key("k").ifNoneMatch("*").metadata(Map.of("mine", "kept")),
					RequestBody.fromString("x")));
			return (error != null) ? error : stored[0];
		}
	}

	private FailoverS3Client client(boolean marked, boolean anywhere) {
		return FailoverS3Client.builder()
			.primary(this.east, "east")
			.secondary(this.west, "west")
			.conditionalWrites(anywhere)
			.consistency(new ConsistencySettings(ReadConsistency.OWN_WRITES, DataSize.ofMegabytes(1),
					Confirmation.DEFAULTS, false, marked))
			.build();
	}

}
