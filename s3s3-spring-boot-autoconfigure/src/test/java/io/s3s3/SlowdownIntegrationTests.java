package io.s3s3;

import java.time.Duration;

import io.s3s3.health.FailoverControl;
import io.s3s3.health.LocationStatus;
import io.s3s3.health.StatusReason;
import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.assertj.AssertableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A primary whose answers all come, only late, over real sockets.
 */
class SlowdownIntegrationTests extends AbstractLocationHealthTests {

	@Test
	void leavesThePrimaryAndComesBackWhenItIsAsFastAsBefore() {
		probedPair().withPropertyValues("s3s3.circuit.slowed-by=200ms").run((context) -> {
			FailoverS3Template template = context.getBean(FailoverS3Template.class);
			for (int i = 0; i < 20; i++) {
				template.exists("key");
			}

			this.primary.delay(Duration.ofMillis(800));
			awaitStatus(context, LocationStatus.OUT);
			assertThat(context.getBean(FailoverControl.class).status().get(LocationRole.PRIMARY).reason())
				.isEqualTo(StatusReason.SLOWED_DOWN);

			this.primary.delay(Duration.ZERO);
			awaitStatus(context, LocationStatus.UP);
		});
	}

	private static void awaitStatus(AssertableApplicationContext context, LocationStatus status) {
		await().untilAsserted(() -> {
			context.getBean(FailoverS3Template.class).exists("key");
			assertThat(context.getBean(FailoverControl.class).status().get(LocationRole.PRIMARY).status())
				.isEqualTo(status);
		});
	}

}
