package io.s3s3.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * A server that answers some requests and holds others until their client gives up.
 * Thread-safe.
 */
public final class StragglingEndpoint implements AutoCloseable {

	/** In nanoseconds. */
	private static final long LATER = 100_000_000;

	private final Script script;

	private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();

	private final AtomicInteger held = new AtomicInteger();

	private final AtomicInteger abandoned = new AtomicInteger();

	private final FaultyEndpoint endpoint;

	/**
	 * Start a server.
	 * @param script what it answers
	 */
	public StragglingEndpoint(Script script) {
		this.script = script;
		this.endpoint = FaultyEndpoint.serving(this::serve);
	}

	/**
	 * Start a server that holds the first request for each key that begins with "late",
	 * and answers all others.
	 * @param answer the answer
	 * @return the server
	 */
	public static StragglingEndpoint holdingFirst(Answer answer) {
		return new StragglingEndpoint(
				(request, number) -> (request.path().contains("late") && number == 1) ? null : answer);
	}

	/**
	 * Start a server whose first answer to the request for {@code late-N} fails once
	 * there is a second one, which is answered a little later.
	 * @param failures the first answers
	 * @param later the second answer
	 * @param good the answer to all other requests
	 * @return the server
	 */
	public static StragglingEndpoint failingFirst(List<Answer> failures, Answer later, Answer good) {
		List<CountDownLatch> failed = failures.stream().map((each) -> new CountDownLatch(2)).toList();
		return new StragglingEndpoint((request, number) -> {
			if (!request.path().contains("late-")) {
				return good;
			}
			int index = Integer.parseInt(request.path().replaceAll(".*late-(\\d+).*", "$1"));
			failed.get(index).countDown();
			await(failed.get(index));
			if (number > 1) {
				LockSupport.parkNanos(LATER);
			}
			return (number == 1) ? failures.get(index) : later;
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void serve(Socket socket) throws IOException {
		HttpRequest request = HttpRequest.readAll(socket.getInputStream());
		if (request.lines().isEmpty()) {
			return;
		}
		Answer answer = this.script.answer(request, count(request));
		if (answer == null) {
			this.held.incrementAndGet();
			awaitEnd(socket);
			return;
		}
		answer.send(socket, request);
	}

	private void awaitEnd(Socket socket) throws IOException {
		try {
			socket.getInputStream().transferTo(OutputStream.nullOutputStream());
		}
		finally {
			this.abandoned.incrementAndGet();
		}
	}

	/** The number of a request among those that are the same. */
	private synchronized int count(HttpRequest request) {
		this.requests.add(request);
		return (int) this.requests.stream()
			.filter((each) -> each.lines().get(0).equals(request.lines().get(0)))
			.count();
	}

	public URI uri() {
		return this.endpoint.uri();
	}

	/**
	 * All requests.
	 * @return a live view
	 */
	public List<HttpRequest> requests() {
		return this.requests;
	}

	/**
	 * How many requests their clients gave up that were not answered.
	 * @return the number
	 */
	public int abandoned() {
		return this.abandoned.get();
	}

	/**
	 * Wait until no request is held. One that its client gave up before it was sent has
	 * not come here.
	 */
	public void awaitAbandoned() {
		Awaitility.await().until(() -> this.abandoned.get() == this.held.get());
	}

	@Override
	public void close() {
		this.endpoint.close();
	}

	/**
	 * What a server answers.
	 */
	@FunctionalInterface
	public interface Script {

		/**
		 * Return the answer to a request, {@code null} to hold it until its client gives
		 * up.
		 * @param request the request
		 * @param number its number among the same requests, from 1 on
		 * @return the answer
		 */
		@Nullable Answer answer(HttpRequest request, int number);

	}

}
