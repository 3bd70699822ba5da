package io.s3s3.internal.async;

import java.io.EOFException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.SelectObjectContentEventStream;
import software.amazon.awssdk.services.s3.model.SelectObjectContentEventStream.EventType;

/**
 * The events of a query, which are complete only if the last one says so: an answer in
 * chunks may just stop. See <a href=
 * "https://docs.aws.amazon.com/AmazonS3/latest/API/API_SelectObjectContent.html">the End
 * event</a>. For one subscriber; signals are serial.
 */
final class WholeEvents {

	private final SdkPublisher<SelectObjectContentEventStream> events;

	private volatile boolean whole;

	private volatile boolean cancelled;

	WholeEvents(SdkPublisher<SelectObjectContentEventStream> events) {
		this.events = events;
	}

	/**
	 * Return the events, which end with an error if they are not complete.
	 */
	SdkPublisher<SelectObjectContentEventStream> publisher() {
		Publisher<SelectObjectContentEventStream> checked = (subscriber) -> this.events
			.subscribe(new Checking(subscriber));
		return SdkPublisher.adapt(checked);
	}

	/**
	 * Return what is wrong with the events that have come.
	 * @return the error, or {@code null} if all have come, or the caller wanted no more
	 */
	@Nullable SdkClientException error() {
		return (this.whole || this.cancelled) ? null : SdkClientException.create("Unable to read the answer",
				new EOFException("The events of the query stopped before the one that ends them"));
	}

	/**
	 * Stands between the events and their subscriber.
	 */
	private final class Checking implements Subscriber<SelectObjectContentEventStream>, Subscription {

		private final Subscriber<? super SelectObjectContentEventStream> subscriber;

		private volatile @Nullable Subscription subscription;

		Checking(Subscriber<? super SelectObjectContentEventStream> subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.subscription = subscription;
			this.subscriber.onSubscribe(this);
		}

		@Override
		public void request(long count) {
			Objects.requireNonNull(this.subscription).request(count);
		}

		@Override
		public void cancel() {
			WholeEvents.this.cancelled = true;
			Objects.requireNonNull(this.subscription).cancel();
		}

		@Override
		public void onNext(SelectObjectContentEventStream event) {
			if (event.sdkEventType() == EventType.END) {
				WholeEvents.this.whole = true;
			}
			this.subscriber.onNext(event);
		}

		@Override
		public void onError(Throwable error) {
			this.subscriber.onError(error);
		}

		@Override
		public void onComplete() {
			SdkClientException error = error();
			if (error != null) {
				this.subscriber.onError(error);
			}
			else {
				this.subscriber.onComplete();
			}
		}

	}

}
