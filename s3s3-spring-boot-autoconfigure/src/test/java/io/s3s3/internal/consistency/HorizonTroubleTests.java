package io.s3s3.internal.consistency;

import java.time.Duration;
import java.util.Deque;
import java.util.List;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.HealthProbe;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is asked for where locations are out, cannot tell, or change.
 */
class HorizonTroubleTests extends AbstractHorizonTests {

	@Test
	void asksNobodyWhileALocationIsOutAndForAsLongAfterThatAsForAWrite() {
		write("key", LocationRole.PRIMARY, 16);
		FailoverControl control = FailoverControl.of(this.director, this.pair,
				HealthProbe.headBucket(Duration.ofSeconds(1)));
		control.drain(LocationRole.SECONDARY);
		turn();
		assertThat(this.asked).isEmpty();

		control.undrain(LocationRole.SECONDARY);
		turn();
		assertThat(this.asked).isEmpty();

		ReflectionTestUtils.setField(this.horizon, "outage", System.nanoTime() - HORIZON.toNanos());
		turn();
		assertThat(this.asked).containsExactly("key");
	}

	@Test
	void tellsNothingOfWhatSomebodyElseHasDeletedSince() {
		Mockito.when(this.east.headObject(Mockito.any(HeadObjectRequest.class)))
			.thenThrow(NoSuchKeyException.builder().statusCode(404).build());
		write("missing", LocationRole.PRIMARY, 16);

		turn();

		assertThat(this.asked).containsExactly("missing");
		Mockito.verifyNoInteractions(this.discoveries);
	}

	@Test
	void asksLaterForWhatWasWrittenAgainWhenItWasDue() {
		for (int i = 0; i < 60; i++) {
			write("key" + i, LocationRole.PRIMARY, 16);
		}
		turn();
		write("key55", LocationRole.PRIMARY, 1);
		turn();

		assertThat(this.asked).hasSize(59).doesNotContain("key55");
	}

	@Test
	void asksNoMoreThanThreeTimesWhereTheLocationCannotTell() {
		for (RuntimeException error : List.of(S3Exception.builder().statusCode(503).build(),
				SdkClientException.create("Not XML"), new IllegalStateException("Pool shut down"))) {
			Mockito.clearInvocations(this.discoveries);
			Mockito.doThrow(error).when(this.west).headObject(Mockito.<HeadObjectRequest>argThat((any) -> true));
			write("key", LocationRole.PRIMARY, 16);
			beginAnew();
			turn();
			turn();
			Mockito.verifyNoInteractions(this.discoveries);

			turn();

			Mockito.verify(this.discoveries).unproven("key", LocationRole.SECONDARY);
			assertThat((Deque<?>) ReflectionTestUtils.getField(this.horizon, "due")).isEmpty();
		}
	}

	@Test
	void asksForWhatWasDueBeforeTheHomeChanged() {
		write("key", LocationRole.PRIMARY, 16);
		Mockito.when(this.west.headObject(Mockito.any(HeadObjectRequest.class)))
			.thenThrow(SdkClientException.create("Reset"))
			.thenReturn(HeadObjectResponse.builder().versionId("key").build());
		turn();
		FailoverControl control = FailoverControl.of(this.director, this.pair,
				HealthProbe.headBucket(Duration.ofSeconds(1)));
		control.force(LocationRole.SECONDARY);
		turn();
		control.release();
		control.force(LocationRole.PRIMARY);
		control.release();
		assertThat(this.director.home()).isEqualTo(LocationRole.PRIMARY);

		turn();

		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isZero();
	}

	@Test
	void asksOnceMoreIfTheLocationWasNotReached() {
		Mockito.when(this.west.headObject(Mockito.any(HeadObjectRequest.class)))
			.thenThrow(SdkClientException.create("Reset"))
			.thenReturn(HeadObjectResponse.builder().versionId("key").build());
		write("key", LocationRole.PRIMARY, 16);
		turn();
		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isEqualTo(1);

		turn();

		assertThat(this.writes.aloneAt(LocationRole.PRIMARY)).isZero();
	}

}
