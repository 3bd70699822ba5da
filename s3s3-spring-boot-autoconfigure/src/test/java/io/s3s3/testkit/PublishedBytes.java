package io.s3s3.testkit;

import java.io.IOException;
import java.nio.ByteBuffer;

import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * Bytes that are published 1 MB at a time to one subscriber.
 */
public final class PublishedBytes implements Subscription {

	private static final int ELEMENT = 1 << 20;

	private final byte[] content;

	private final int breaksAt;

	private final Subscriber<? super ByteBuffer> subscriber;

	private int position;

	private PublishedBytes(byte[] content, int breaksAt, Subscriber<? super ByteBuffer> subscriber) {
		this.content = content;
		this.breaksAt = breaksAt;
		this.subscriber = subscriber;
	}

	/**
	 * Publish bytes.
	 * @param content the bytes
	 * @return the publisher
	 */
	public static Publisher<ByteBuffer> of(byte[] content) {
		return of(content, content.length);
	}

	/**
	 * Publish bytes until the publisher fails with "it broke".
	 * @param content the bytes
	 * @param breaksAt after how many of them it fails
	 * @return the publisher
	 */
	public static Publisher<ByteBuffer> of(byte[] content, int breaksAt) {
		return (subscriber) -> subscriber.onSubscribe(new PublishedBytes(content, breaksAt, subscriber));
	}

	@Override
	public void request(long count) {
		for (long i = 0; i < count && this.position < this.breaksAt; i++) {
			int length = Math.min(ELEMENT, this.breaksAt - this.position);
			ByteBuffer bytes = ByteBuffer.wrap(this.content, this.position, length);
			this.position += length;
			this.subscriber.onNext(bytes);
			if (this.position == this.content.length) {
				this.subscriber.onComplete();
			}
			else if (this.position == this.breaksAt) {
				this.subscriber.onError(new IOException("it broke"));
			}
		}
	}

	@Override
	public void cancel() {
		this.position = this.breaksAt;
	}

}
