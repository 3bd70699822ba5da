package io.s3s3.consistency;

import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What comes between a caller and a store: connections that are refused, answers that get
 * lost, and writes that nobody waits for any more but that are executed all the same. Not
 * thread-safe; other threads than the one of the simulation are refused.
 */
final class Weather {

	private final Thread thread = Thread.currentThread();

	private final Random random;

	/** How many of 1000 answers get lost. */
	private final int lost;

	private final List<Runnable> abandoned = new ArrayList<>();

	private State state = State.FAIR;

	/** After how many more requests the store dies, none if negative. */
	private int deathIn = -1;

	private @Nullable Runnable interruption;

	private int requests;

	private int troubles;

	/** Called when a write is given up; gives what to run when it is executed. */
	private final Supplier<Runnable> whenAbandoned;

	Weather(Random random, int lost, Supplier<Runnable> whenAbandoned) {
		this.random = random;
		this.lost = lost;
		this.whenAbandoned = whenAbandoned;
	}

	<T> T write(Execution<T> execution) {
		return pass(execution, () -> {
			Runnable executed = this.whenAbandoned.get();
			this.abandoned.add(() -> execute(execution, executed));
		});
	}

	<T> T read(Execution<T> execution) {
		return pass(execution, () -> {
		});
	}

	private static void execute(Execution<?> execution, Runnable executed) {
		try {
			execution.run();
		}
		catch (S3Exception ex) {
			// The source of a copy is gone; nobody waits for the answer.
		}
		executed.run();
	}

	private <T> T pass(Execution<T> execution, Runnable abandon) {
		if (Thread.currentThread() != this.thread) {
			throw refused();
		}
		this.requests++;
		boolean dies = this.deathIn-- == 0;
		if (this.state == State.REFUSING) {
			this.troubles++;
			throw refused();
		}
		boolean before = this.random.nextBoolean();
		interrupt(before);
		if (dies || this.state == State.SILENT || this.random.nextInt(1000) < this.lost) {
			this.troubles++;
			decideFate(execution, abandon);
			this.state = dies ? State.REFUSING : this.state;
			throw this.random.nextBoolean() ? timedOut() : reset();
		}
		T answer = execution.run();
		interrupt(!before);
		return answer;
	}

	private void decideFate(Execution<?> execution, Runnable abandon) {
		switch (this.random.nextInt(3)) {
			case 0 -> execution.run();
			case 1 -> abandon.run();
			default -> {
			}
		}
	}

	private void interrupt(boolean now) {
		Runnable interruption = this.interruption;
		if (now && interruption != null) {
			this.interruption = null;
			this.troubles++;
			interruption.run();
		}
	}

	private static SdkClientException refused() {
		return SdkClientException.create("Refused", new ConnectException("Connection refused"));
	}

	private static SdkClientException timedOut() {
		return SdkClientException.create("Timed out", new SocketTimeoutException("Read timed out"));
	}

	private static SdkClientException reset() {
		return SdkClientException.create("Reset", new SocketException("Connection reset"));
	}

	void become(State state) {
		this.state = state;
		this.deathIn = -1;
	}

	boolean isFair() {
		return this.state == State.FAIR && this.deathIn < 0;
	}

	void dieIn(int requests) {
		this.deathIn = requests;
	}

	/**
	 * Do something in the middle of the next request that arrives: before it takes effect
	 * or after that.
	 * @param interruption what to do, {@code null} for nothing
	 */
	void interruptNext(@Nullable Runnable interruption) {
		this.interruption = interruption;
	}

	/**
	 * Execute one of the writes that were given up.
	 */
	void executeAbandoned() {
		if (!this.abandoned.isEmpty()) {
			this.abandoned.remove(this.random.nextInt(this.abandoned.size())).run();
		}
	}

	boolean hasAbandoned() {
		return !this.abandoned.isEmpty();
	}

	/**
	 * Take a request for none, since a hedge costs one more.
	 */
	void discount() {
		this.requests--;
	}

	int requests() {
		return this.requests;
	}

	/**
	 * Return how often anything came between.
	 */
	int troubles() {
		return this.troubles;
	}

	/**
	 * What a store does when a request arrives.
	 *
	 * @param <T> the type of the answer
	 */
	interface Execution<T> {

		T run();

	}

	/**
	 * How it is.
	 */
	enum State {

		/** Requests arrive, and most answers too. */
		FAIR,

		/** No request arrives. */
		REFUSING,

		/** Requests may arrive, answers do not. */
		SILENT

	}

}
