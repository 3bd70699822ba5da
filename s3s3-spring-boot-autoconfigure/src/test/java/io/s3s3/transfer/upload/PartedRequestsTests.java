package io.s3s3.transfer.upload;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the time that the requests of {@link PartedRequests} may take.
 */
class PartedRequestsTests {

	private final PutObjectRequest limited = PutObjectRequest.builder()
		.bucket("east")
		.key("key")
		.overrideConfiguration((configuration) -> configuration.apiCallTimeout(Duration.ofSeconds(10)))
		.build();

	@Test
	void givesEachPartTheTimeThatIsLeftOfTheWhole() {
		PutObjectRequest request = PartedRequests.withTimeLeft(this.limited, Duration.ofSeconds(4));

		assertThat(PartedRequests.part(request, "id", 1).overrideConfiguration().orElseThrow().apiCallTimeout())
			.contains(Duration.ofSeconds(6));
	}

	@Test
	void endsWhenNoTimeIsLeft() {
		assertThatExceptionOfType(ApiCallTimeoutException.class)
			.isThrownBy(() -> PartedRequests.withTimeLeft(this.limited, Duration.ofSeconds(10)));
	}

	@Test
	void abortsHoweverLateItIs() {
		assertThat(PartedRequests.abort(this.limited, "id").overrideConfiguration().orElseThrow().apiCallTimeout())
			.isEmpty();
	}

	@Test
	void takesItsTimeWithoutALimit() {
		PutObjectRequest request = PutObjectRequest.builder().bucket("east").key("key").build();

		assertThat(PartedRequests.withTimeLeft(request, Duration.ofDays(1))).isSameAs(request);
		assertThat(PartedRequests.abort(request, "id").overrideConfiguration()).isEmpty();
	}

}
