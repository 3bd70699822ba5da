package io.s3s3.consistency;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What errors tell of an object that is not there.
 */
class ObjectAbsenceTests {

	@Test
	void knowsADeletionByItsMarker() {
		assertThat(ObjectAbsence.of(missing("true"))).isEqualTo(ObjectAbsence.DELETED);
	}

	@Test
	void knowsAWriteThatHasNotArrived() {
		assertThat(ObjectAbsence.of(new NotReplicatedException("not there"))).isEqualTo(ObjectAbsence.LAGGING);
	}

	@Test
	void knowsThatThereIsNoMarkerEither() {
		assertThat(ObjectAbsence.of(missing("false"))).isEqualTo(ObjectAbsence.MISSING);
	}

	@Test
	void isNotSureOfA404ThatTellsNothing() {
		assertThat(ObjectAbsence.of(missing(null))).isEqualTo(ObjectAbsence.UNKNOWN);
		assertThat(ObjectAbsence.of(NoSuchKeyException.builder().statusCode(404).build()))
			.isEqualTo(ObjectAbsence.UNKNOWN);
	}

	@Test
	void isNotSureOfWhatIsNoAbsence() {
		assertThat(ObjectAbsence.of(S3Exception.builder().statusCode(500).build())).isEqualTo(ObjectAbsence.UNKNOWN);
		assertThat(ObjectAbsence.of(SdkClientException.create("Timed out"))).isEqualTo(ObjectAbsence.UNKNOWN);
	}

	@Test
	void findsTheAnswerBehindOtherErrors() {
		IOException wrapped = new IOException(missing("true"));

		assertThat(ObjectAbsence.of(new UncheckedIOException(wrapped))).isEqualTo(ObjectAbsence.DELETED);
	}

	private static Throwable missing(@Nullable String marker) {
		SdkHttpResponse.Builder http = SdkHttpResponse.builder().statusCode(404);
		if (marker != null) {
			http.putHeader("x-amz-delete-marker", marker);
		}
		return NoSuchKeyException.builder()
			.statusCode(404)
			.awsErrorDetails(AwsErrorDetails.builder().errorCode("NoSuchKey").sdkHttpResponse(http.build()).build())
			.build();
	}

}
