package io.s3s3;

import java.time.Duration;

import io.s3s3.event.RequestFailed;
import io.s3s3.testkit.FaultProxy.Mode;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.waiters.WaiterOverrideConfiguration;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.waiters.S3Waiter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Waiters while the locations differ.
 */
class OwnWritesWaiterIntegrationTests extends AbstractOwnWritesTests {

	@Test
	void goesOnWaitingForAnObjectThatHasNotArrived() {
		put("first");
		this.toEast.mode(Mode.REFUSE);
		S3Waiter waiter = this.client.on(RequestFailed.class, (event) -> this.west.put(this.key, bytes("first")))
			.waiter();

		assertThat(waiter
			.waitUntilObjectExists((request) -> request.key(this.key), OwnWritesWaiterIntegrationTests::quickly)
			.attemptsExecuted()).isEqualTo(2);
	}

	@Test
	void goesOnWaitingUntilAnObjectIsGoneThatNobodyCanTellOf() {
		put("first");
		this.toEast.mode(Mode.REFUSE);
		S3Waiter waiter = this.client.on(RequestFailed.class, (event) -> deleteBehind()).waiter();

		assertThat(waiter
			.waitUntilObjectNotExists((request) -> request.key(this.key), OwnWritesWaiterIntegrationTests::quickly)
			.attemptsExecuted()).isGreaterThan(1);
	}

	private void deleteBehind() {
		this.toEast.mode(Mode.FORWARD);
		try (S3Client direct = this.east.client()) {
			direct.deleteObject((request) -> request.bucket("east").key(this.key));
		}
	}

	private static void quickly(WaiterOverrideConfiguration.Builder override) {
		override.maxAttempts(5).backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(10)));
	}

}
