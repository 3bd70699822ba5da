package io.s3s3.internal.async;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link PublishedContent}.
 */
class PublishedContentTests {

	private final PublishedContent content = new PublishedContent();

	private final List<String> told = new ArrayList<>();

	@Test
	void isWhatIsPublished() throws IOException {
		this.content.subscribeTo(publishing("ab", "", "cde", "f"));

		assertThat(this.content.read()).isEqualTo('a');
		assertThat(this.content.readNBytes(3)).asString().isEqualTo("bcd");
		assertThat(this.content.readAllBytes()).asString().isEqualTo("ef");
		assertThat(this.content.read()).isEqualTo(-1);
	}

	@Test
	void requestsAnElementWhenAllEarlierOnesHaveBeenRead() throws IOException {
		this.content.subscribeTo(publishing("ab", "cd"));
		assertThat(this.told).isEmpty();

		this.content.readNBytes(1);
		this.content.readNBytes(1);
		assertThat(this.told).containsExactly("request");

		this.content.readNBytes(1);
		assertThat(this.told).containsExactly("request", "request");
	}

	@Test
	void takesMoreThanWasRequested() throws IOException {
		this.content.subscribeTo((subscriber) -> {
			subscriber.onSubscribe(subscription((count) -> {
			}));
			byte[] reused = new byte[2];
			for (String text : List.of("ab", "cd", "ef")) {
				System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, reused, 0, 2);
				subscriber.onNext(ByteBuffer.wrap(reused));
			}
			subscriber.onComplete();
		});

		assertThat(this.content.readAllBytes()).asString().isEqualTo("abcdef");
	}

	@Test
	void endsHoweverThePublisherDoes() throws IOException {
		assertThat(read((subscriber) -> subscriber.onComplete())).isEmpty();
		assertThatIOException().isThrownBy(() -> read((subscriber) -> subscriber.onError(new IOException("broken"))))
			.withMessage("broken");
		assertThatIOException()
			.isThrownBy(() -> read((subscriber) -> subscriber.onError(new IllegalStateException("state"))))
			.withCauseInstanceOf(IllegalStateException.class);
		assertThatIOException().isThrownBy(() -> read((subscriber) -> {
			throw new AssertionError("thrown");
		})).withMessage("thrown");
		assertThatIOException().isThrownBy(() -> read((subscriber) -> subscriber.onSubscribe(subscription((count) -> {
			throw new IllegalStateException("refused");
		})))).withMessage("refused");
	}

	@Test
	@SuppressWarnings("NullAway") // what a publisher must not do
	void endsWithNull() {
		assertThatIOException().isThrownBy(() -> read((subscriber) -> subscriber.onSubscribe(null)));
		assertThatIOException().isThrownBy(() -> read((subscriber) -> subscriber.onError(null)));
		assertThatIOException().isThrownBy(
				() -> read((subscriber) -> subscriber.onSubscribe(subscription((count) -> subscriber.onNext(null)))));
	}

	@Test
	void takesOneSubscription() {
		this.content.subscribeTo((subscriber) -> {
			subscriber.onSubscribe(subscription((count) -> {
			}));
			subscriber.onSubscribe(subscription((count) -> {
			}));
		});

		assertThat(this.told).containsExactly("cancel");
	}

	@Test
	void cancelsWhatHasNotEnded() throws IOException {
		this.content.subscribeTo(publishing("ab", "cd"));
		this.content.readNBytes(2);
		this.content.close();
		this.content.close();
		assertThat(this.told).containsExactly("request", "cancel");

		this.content.subscribeTo(publishing("late"));
		assertThat(this.told).containsExactly("request", "cancel", "cancel");
	}

	@Test
	void doesNotCancelWhatHasEnded() throws IOException {
		this.content.subscribeTo(publishing("ab"));
		this.content.readAllBytes();
		this.content.close();

		assertThat(this.told).doesNotContain("cancel");
	}

	@Test
	void ofASilentPublisherEndsByInterrupt() {
		this.content.subscribeTo((subscriber) -> subscriber.onSubscribe(subscription((count) -> {
		})));
		Thread.currentThread().interrupt();

		assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(this.content::read);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void waitsForAnotherThread() throws IOException {
		this.content.subscribeTo(
				(subscriber) -> subscriber.onSubscribe(subscription((count) -> CompletableFuture.runAsync(() -> {
					if (this.told.isEmpty()) {
						this.told.add("published");
						subscriber.onNext(ByteBuffer.wrap(new byte[] { 1 }));
					}
					else {
						subscriber.onComplete();
					}
				}))));

		assertThat(this.content.readAllBytes()).containsExactly(1);
	}

	private static byte[] read(Publisher<ByteBuffer> publisher) throws IOException {
		PublishedContent content = new PublishedContent();
		content.subscribeTo(publisher);
		return content.readAllBytes();
	}

	private Publisher<ByteBuffer> publishing(String... elements) {
		return (subscriber) -> subscriber.onSubscribe(new Elements(subscriber, List.of(elements), this.told));
	}

	private Subscription subscription(Consumer<Long> onRequest) {
		return new Subscription() {

			@Override
			public void request(long count) {
				onRequest.accept(count);
			}

			@Override
			public void cancel() {
				PublishedContentTests.this.told.add("cancel");
			}

		};
	}

	/**
	 * Publishes an element for each request.
	 */
	private static final class Elements implements Subscription {

		private final Subscriber<? super ByteBuffer> subscriber;

		private final List<String> elements;

		private final List<String> told;

		private int next;

		Elements(Subscriber<? super ByteBuffer> subscriber, List<String> elements, List<String> told) {
			this.subscriber = subscriber;
			this.elements = elements;
			this.told = told;
		}

		@Override
		public void request(long count) {
			this.told.add("request");
			if (this.next < this.elements.size()) {
				this.subscriber
					.onNext(ByteBuffer.wrap(this.elements.get(this.next++).getBytes(StandardCharsets.US_ASCII)));
			}
			else {
				this.subscriber.onComplete();
			}
		}

		@Override
		public void cancel() {
			this.told.add("cancel");
		}

	}

}
