package io.s3s3.event;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.s3s3.location.LocationRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestListener}.
 */
@ExtendWith(OutputCaptureExtension.class)
class RequestListenerTests {

	private final S3Call call = new S3Call("GetObject",
			GetObjectRequest.builder().key("k").sseCustomerKey("customer-secret").build());

	private final RequestEvent sent = new RequestSent(this.call, LocationRole.PRIMARY, 1);

	private final RequestEvent completed = new RequestCompleted(this.call, LocationRole.PRIMARY, Duration.ZERO, null,
			List.of());

	private final List<RequestEvent> told = new ArrayList<>();

	@Test
	void tellsATypedListenerOfItsTypeOnly() {
		RequestListener listener = RequestListener.of(RequestSent.class, this.told::add);

		listener.onRequestEvent(this.sent);
		listener.onRequestEvent(this.completed);

		assertThat(this.told).containsExactly(this.sent);
		assertThat(listener.wants(RequestSent.class)).isTrue();
		assertThat(listener.wants(RequestCompleted.class)).isFalse();
	}

	@Test
	void tellsAListenerOfAllTypes() {
		RequestListener listener = RequestListener.of(RequestEvent.class, this.told::add);

		listener.onRequestEvent(this.sent);
		listener.onRequestEvent(this.completed);

		assertThat(this.told).containsExactly(this.sent, this.completed);
	}

	@Test
	void tellsAllListenersThoughOneThrows(CapturedOutput output) {
		RequestListener listener = RequestListener.composite(List.of(this.told::add, (event) -> {
			throw new IllegalStateException("broken listener");
		}, this.told::add));

		listener.onRequestEvent(this.sent);

		assertThat(this.told).containsExactly(this.sent, this.sent);
		assertThat(output).contains("A listener failed on RequestSent[GetObject, attempt 1 at primary]",
				"broken listener");
	}

	@Test
	void survivesAListenerThatDoesNotSayWhatItWants(CapturedOutput output) {
		RequestListener broken = new RequestListener() {

			@Override
			public void onRequestEvent(RequestEvent event) {
				RequestListenerTests.this.told.add(event);
			}

			@Override
			public boolean wants(Class<? extends RequestEvent> type) {
				throw new IllegalStateException("broken listener");
			}

		};
		RequestListener listener = RequestListener.composite(List.of(broken, this.told::add));

		assertThat(listener.wants(RequestSent.class)).isTrue();
		listener.onRequestEvent(this.sent);

		assertThat(this.told).containsExactly(this.sent);
		assertThat(output).contains("broken listener");
	}

	@Test
	void wantsWhatAnyListenerWants() {
		RequestListener none = RequestListener.composite(List.of());
		RequestListener sent = RequestListener.of(RequestSent.class, this.told::add);

		assertThat(none.wants(RequestSent.class)).isFalse();
		assertThat(RequestListener.composite(List.of(none, sent)).wants(RequestSent.class)).isTrue();
	}

	@Test
	void hasNoSecretInItsText() {
		assertThat(this.sent.toString() + this.call + this.completed).doesNotContain("customer-secret");
	}

}
