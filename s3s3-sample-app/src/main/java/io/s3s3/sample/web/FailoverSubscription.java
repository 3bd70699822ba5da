package io.s3s3.sample.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A browser that follows the failovers. Whenever it is woken up, one thread at a time
 * sends it what it has not received yet, so that a slow browser neither delays the others
 * nor takes up memory. Thread-safe.
 */
final class FailoverSubscription {

	private static final Duration DURATION = Duration.ofMinutes(30);

	private final SseEmitter emitter = new SseEmitter(DURATION.toMillis());

	private final LongFunction<List<FailoverEntry>> since;

	/** How many times it was woken up since it last looked. */
	private final AtomicInteger calls = new AtomicInteger();

	/** Only used by the thread that sends. */
	private long sent;

	/**
	 * Create a subscription.
	 * @param latest the last failover that is not to be sent
	 * @param since returns the failovers after the one with the given id, the oldest
	 * first
	 */
	FailoverSubscription(long latest, LongFunction<List<FailoverEntry>> since) {
		this.sent = latest;
		this.since = since;
	}

	SseEmitter emitter() {
		return this.emitter;
	}

	/**
	 * Send what is new, or a comment if nothing is: it tells the browser that it is
	 * connected, and shows when the browser is gone.
	 * @param executor where to send it
	 * @param onGone what to do when the browser is gone
	 */
	void wakeUp(Executor executor, Runnable onGone) {
		if (this.calls.getAndIncrement() == 0) {
			executor.execute(() -> {
				try {
					int answered = 0;
					do {
						answered = this.calls.get();
						send();
					}
					while (this.calls.addAndGet(-answered) > 0);
				}
				catch (IOException | IllegalStateException ex) {
					onGone.run();
				}
			});
		}
	}

	private void send() throws IOException {
		List<FailoverEntry> entries = this.since.apply(this.sent);
		if (entries.isEmpty()) {
			this.emitter.send(SseEmitter.event().comment("subscribed"));
		}
		for (FailoverEntry entry : entries) {
			this.emitter.send(SseEmitter.event().name("RequestFailedOver").id(Long.toString(entry.id())).data(entry));
			this.sent = entry.id();
		}
	}

}
