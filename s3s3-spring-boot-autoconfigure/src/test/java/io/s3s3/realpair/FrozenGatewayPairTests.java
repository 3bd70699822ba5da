package io.s3s3.realpair;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.s3s3.FailoverS3Client;
import io.s3s3.event.RequestFailedOver;
import io.s3s3.testkit.Contexts;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long calls take that wait for a gateway which falls silent: no longer than one read
 * timeout and what the other one needs.
 */
@Tag("real-pair")
@ExtendWith(RealPairExtension.class)
class FrozenGatewayPairTests {

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration SLACK = Duration.ofMillis(300);

	private static final int CALLERS = 16;

	private final RealPair pair;

	/** The longest time that a call took before it went on elsewhere, in nanoseconds. */
	private final AtomicLong longest = new AtomicLong();

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicInteger moved = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private volatile boolean stopped;

	FrozenGatewayPairTests(RealPair pair) {
		this.pair = pair;
	}

	@Test
	void nobodyWaitsLongerThanOneReadTimeout() {
		Contexts.pair(RealPair.EAST, RealPair.BUCKET, RealPair.WEST, RealPair.BUCKET)
			.withPropertyValues("s3s3.primary.read-timeout=" + READ_TIMEOUT, "s3s3.probe.enabled=true",
					"s3s3.primary.credentials.access-key=" + RealPair.ACCESS_KEY,
					"s3s3.primary.credentials.secret-key=" + RealPair.SECRET_KEY,
					"s3s3.secondary.credentials.access-key=" + RealPair.ACCESS_KEY,
					"s3s3.secondary.credentials.secret-key=" + RealPair.SECRET_KEY)
			// Ceph 16 does not know how bodies are sent otherwise.
			.withSystemProperties("aws.requestChecksumCalculation=when_required")
			.run((context) -> freezeWhileCalling(context.getBean(FailoverS3Client.class)));

		System.out.println("frozen gateway: %d calls, %d moved, %d failed, longest before it moved %d ms"
			.formatted(this.calls.get(), this.moved.get(), this.failed.get(), this.longest.get() / 1_000_000));
		assertThat(this.moved).hasPositiveValue();
		assertThat(Duration.ofNanos(this.longest.get())).isLessThan(READ_TIMEOUT.plus(SLACK));
	}

	private void freezeWhileCalling(FailoverS3Client client) throws IOException, InterruptedException {
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			String key = "frozen/%d/%d".formatted(System.nanoTime(), i);
			boolean reads = i % 2 == 0;
			client.putObject((request) -> request.key(key), RequestBody.fromString(key));
			callers.add(new Thread(() -> call(client, key, reads)));
		}
		callers.forEach(Thread::start);
		awaitCalls(200);
		this.pair.freeze();
		try {
			awaitCalls(500);
		}
		finally {
			this.stopped = true;
			this.pair.thaw();
		}
		for (Thread caller : callers) {
			caller.join();
		}
	}

	private void awaitCalls(int more) {
		int target = this.calls.get() + more;
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> this.calls.get() >= target);
	}

	private void call(FailoverS3Client shared, String key, boolean reads) {
		AtomicLong began = new AtomicLong();
		FailoverS3Client client = shared.on(RequestFailedOver.class, (event) -> {
			this.moved.incrementAndGet();
			this.longest.accumulateAndGet(System.nanoTime() - began.get(), Math::max);
		});
		while (!this.stopped) {
			began.set(System.nanoTime());
			try {
				if (reads) {
					client.getObjectAsBytes((request) -> request.key(key));
				}
				else {
					client.putObject((request) -> request.key(key), RequestBody.fromString(key));
				}
			}
			catch (SdkException ex) {
				this.failed.incrementAndGet();
			}
			this.calls.incrementAndGet();
		}
	}

}
