package io.s3s3.internal.upload;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the time that the requests of {@link MultipartRequests} may take.
 */
class MultipartRequestsTests {

	private final PutObjectRequest limited = PutObjectRequest.builder()
		.bucket("east")
		.key("key")
		.overrideConfiguration((configuration) -> configuration.apiCallTimeout(Duration.ofSeconds(10)))
		.build();

	@Test
	void givesEachPartTheTimeThatIsLeftOfTheWhole() {
		PutObjectRequest request = MultipartRequests.withTimeLeft(this.limited, Duration.ofSeconds(4));

		assertThat(MultipartRequests.part(request, "id", 1).overrideConfiguration().orElseThrow().apiCallTimeout())
			.contains(Duration.ofSeconds(6));
	}

	@Test
	void endsWhenNoTimeIsLeft() {
		assertThatExceptionOfType(ApiCallTimeoutException.class)
			.isThrownBy(() -> MultipartRequests.withTimeLeft(this.limited, Duration.ofSeconds(10)));
	}

	@Test
	void abortsHoweverLateItIs() {
		assertThat(MultipartRequests.abort(this.limited, "id").overrideConfiguration().orElseThrow().apiCallTimeout())
			.isEmpty();
	}

	@Test
	void takesItsTimeWithoutALimit() {
		PutObjectRequest request = PutObjectRequest.builder().bucket("east").key("key").build();

		assertThat(MultipartRequests.withTimeLeft(request, Duration.ofDays(1))).isSameAs(request);
		assertThat(MultipartRequests.abort(request, "id").overrideConfiguration()).isEmpty();
	}

}
