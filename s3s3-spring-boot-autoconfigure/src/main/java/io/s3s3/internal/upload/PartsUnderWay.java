package io.s3s3.internal.upload;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * The parts of one attempt in flight, several in parallel. The thread that has them sent
 * also reads the content, one part whenever there is room for it. A part that gets no
 * connection while others are in flight waits until one of them has arrived, and from
 * then on no more than those are sent in parallel, so that this upload only waits for its
 * own connections. Not thread-safe.
 */
final class PartsUnderWay {

	private final PartSplitter splitter;

	private final CompletionService<Outcome> sending;

	private final Predicate<Throwable> lacksConnection;

	private final Deque<Part> again = new ArrayDeque<>();

	private final List<CompletedPart> arrived = new ArrayList<>();

	private int atOnce;

	private int underWay;

	/**
	 * Create an instance with no part in flight.
	 * @param splitter splits the content
	 * @param threads send parts
	 * @param atOnce how many parts to send at a time
	 * @param lacksConnection tells whether a part failed because there was no connection
	 */
	PartsUnderWay(PartSplitter splitter, Executor threads, int atOnce, Predicate<Throwable> lacksConnection) {
		this.splitter = splitter;
		this.sending = new ExecutorCompletionService<>(threads);
		this.atOnce = atOnce;
		this.lacksConnection = lacksConnection;
	}

	/**
	 * Send all parts.
	 * @param sender returns what sends a part
	 * @return the parts, in order
	 * @throws Exception what sending one of them threw
	 */
	List<CompletedPart> send(Function<Part, Callable<CompletedPart>> sender) throws Exception {
		boolean more = true;
		while (more || this.underWay > 0 || !this.again.isEmpty()) {
			if (!this.again.isEmpty() && this.underWay < this.atOnce) {
				submit(this.again.remove(), sender);
			}
			else if (more && this.again.isEmpty() && hasRoomForNext()) {
				Part part = this.splitter.next();
				more = !part.last();
				submit(part, sender);
			}
			boolean full = this.underWay == this.atOnce
					|| (this.again.isEmpty() && (!more || !this.splitter.keepsNext()));
			Future<Outcome> done = (full && this.underWay > 0) ? take() : this.sending.poll();
			if (done != null) {
				land(outcomeOf(done));
			}
		}
		this.arrived.sort(Comparator.comparing(CompletedPart::partNumber));
		return this.arrived;
	}

	/**
	 * Return whether the next part may be read. Parts that are not kept are sent one at a
	 * time.
	 */
	private boolean hasRoomForNext() {
		return this.underWay == 0 || (this.underWay < this.atOnce && this.splitter.keepsNext());
	}

	private void submit(Part part, Function<Part, Callable<CompletedPart>> sender) {
		Callable<CompletedPart> task = sender.apply(part);
		int before = this.arrived.size();
		this.sending.submit(() -> {
			try {
				return new Outcome(part, before, task.call(), null);
			}
			catch (Exception ex) {
				return new Outcome(part, before, null, ex);
			}
		});
		this.underWay++;
	}

	private void land(Outcome outcome) throws Exception {
		this.underWay--;
		if (outcome.arrived() != null) {
			this.arrived.add(outcome.arrived());
			return;
		}
		Exception error = Objects.requireNonNull(outcome.error());
		boolean alone = this.underWay == 0 && this.arrived.size() == outcome.before();
		if (alone || !this.lacksConnection.test(error)) {
			throw error;
		}
		this.atOnce = Math.max(1, this.underWay);
		this.again.add(outcome.part());
	}

	private Future<Outcome> take() {
		try {
			return this.sending.take();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw AbortedException.create("Interrupted while parts were sent", ex);
		}
	}

	private static Outcome outcomeOf(Future<Outcome> done) throws Exception {
		try {
			return done.get();
		}
		catch (ExecutionException ex) {
			throw (Error) ex.getCause();
		}
	}

	/**
	 * The outcome of a part: either it has arrived, or there is an error.
	 *
	 * @param part the part
	 * @param before how many had arrived when it was sent
	 * @param arrived the part as the location has it
	 * @param error why it has not arrived
	 */
	private record Outcome(Part part, int before, @Nullable CompletedPart arrived, @Nullable Exception error) {

	}

}
