package io.s3s3;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.s3s3.event.RequestFailedOver;
import io.s3s3.failure.FailureKind;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;

/**
 * Uploads in parts with fewer connections than parallel parts.
 */
class ScarceConnectionsUploadTests extends AbstractMultipartUploadTests {

	private final Semaphore connections = new Semaphore(1);

	/** Counts the parts that got no connection. */
	private final Semaphore refused = new Semaphore(0);

	private final Set<Integer> sent = ConcurrentHashMap.newKeySet();

	private final AtomicInteger requests = new AtomicInteger();

	/** Open once all parts have asked for a connection. */
	private final CountDownLatch asked = new CountDownLatch(3);

	@Test
	void waitForTheirOwnParts() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class)))
			.willAnswer((call) -> send(call.getArgument(0, UploadPartRequest.class).partNumber()));

		assertThat(upload().eTag()).isEqualTo("whole");

		assertThat(this.sent).containsExactlyInAnyOrder(1, 2, 3);
		assertThat(this.requests).hasValue(5);
		assertThat(this.events).noneMatch(RequestFailedOver.class::isInstance);
		then(this.secondary).shouldHaveNoInteractions();
	}

	@Test
	void goElsewhereIfOthersHaveAllConnections() {
		given(this.primary.uploadPart(any(UploadPartRequest.class), any(RequestBody.class))).willThrow(noConnection());

		assertThat(upload().eTag()).isEqualTo("whole");

		assertThat(failover().getReason()).isEqualTo(FailureKind.CONNECTION);
	}

	/**
	 * Send a part if there is a connection; it arrives when the others have got none.
	 */
	private UploadPartResponse send(int number) throws InterruptedException {
		this.requests.incrementAndGet();
		this.asked.countDown();
		if (!this.connections.tryAcquire()) {
			assertThat(this.asked.await(20, TimeUnit.SECONDS)).isTrue();
			this.refused.release();
			throw noConnection();
		}
		if (this.sent.isEmpty()) {
			assertThat(this.refused.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
		}
		this.sent.add(number);
		this.connections.release();
		return UploadPartResponse.builder().eTag("part" + number).build();
	}

	private static SdkClientException noConnection() {
		return SdkClientException.create("Unable to execute HTTP request",
				new ConnectionRequestTimeoutException("No connection was free"));
	}

}
