package io.s3s3.internal.blocking;

import java.util.concurrent.atomic.AtomicBoolean;

import io.s3s3.event.RequestListener;
import io.s3s3.event.S3Call;
import io.s3s3.internal.call.CallScope;
import io.s3s3.internal.call.CallServices;
import io.s3s3.internal.consistency.Consistency;
import io.s3s3.internal.multipart.PortableUploads;
import io.s3s3.internal.multipart.UploadPassage;
import io.s3s3.internal.route.RequestValidator;
import io.s3s3.internal.route.Router;
import io.s3s3.internal.upload.IncompleteUploads;
import io.s3s3.location.LocationPair;
import io.s3s3.transfer.TransferSettings;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.S3Request;

import org.springframework.util.Assert;

/**
 * Carries out every call of a blocking client. Thread-safe.
 */
public final class FailoverEngine implements AutoCloseable {

	private final LocationPair pair;

	private final CallServices services;

	private final TransferSettings transfer;

	private final PortableUploads uploads;

	private final BlockingDriver driver = new BlockingDriver();

	/** Shared with engines that make other promises. */
	private final AtomicBoolean closed;

	/**
	 * Create an engine.
	 * @param pair the locations
	 * @param services what all calls share
	 * @param transfer how bodies are buffered and split
	 */
	public FailoverEngine(LocationPair pair, CallServices services, TransferSettings transfer) {
		this(pair, services, transfer, new PortableUploads(pair, services.router(), transfer, services.uploads()),
				new AtomicBoolean());
	}

	private FailoverEngine(LocationPair pair, CallServices services, TransferSettings transfer, PortableUploads uploads,
			AtomicBoolean closed) {
		this.pair = pair;
		this.services = services;
		this.transfer = transfer;
		this.uploads = uploads;
		this.closed = closed;
	}

	/**
	 * Carry out a call. A request for a bucket outside the pair goes to the primary's
	 * client unchanged.
	 * @param operation the name of the operation, such as {@code PutObject}
	 * @param request the request
	 * @param invocation what to do at a location
	 * @param listener receives the events of the call
	 * @return what the client of the location that served the call returned
	 * @throws IllegalArgumentException if the request would not reach S3 as it is meant
	 * @throws IllegalStateException if the engine is closed
	 * @throws Throwable what the client of a location threw
	 */
	public @Nullable Object execute(String operation, S3Request request, Invocation invocation,
			RequestListener listener) throws Throwable {
		try {
			Assert.state(!this.closed.get(), "The client is closed");
			if (router().addressing().isForeign(request)) {
				return invocation.passThrough(this.pair.primary().client(), request);
			}
			RequestValidator.requireSendable(request);
			CallScope scope = CallScope.of(this.services, new S3Call(operation, request), listener, System.nanoTime());
			UploadPassage passage = this.uploads.passage(operation, request);
			Invocation passing = (passage != null) ? new PortableInvocation(invocation, passage) : invocation;
			return passing.carryOut(new BlockingCall(this.driver, scope));
		}
		finally {
			invocation.close();
		}
	}

	/**
	 * Return an engine for the same locations, with the same memory, whose calls make
	 * other promises.
	 * @param consistency what they promise
	 * @return the engine
	 */
	public FailoverEngine promising(Consistency consistency) {
		return with(this.services.with(router().promising(consistency)));
	}

	/**
	 * Return an engine for the same locations, with the same memory, whose reads are
	 * hedged.
	 * @return the engine
	 */
	public FailoverEngine hedging() {
		return with(this.services.hedging());
	}

	private FailoverEngine with(CallServices services) {
		return new FailoverEngine(this.pair, services, this.transfer, this.uploads, this.closed);
	}

	/**
	 * Return what decides which locations serve a call.
	 * @return the router
	 */
	public Router router() {
		return this.services.router();
	}

	/**
	 * Return what all calls share.
	 * @return the services
	 */
	public CallServices services() {
		return this.services;
	}

	/**
	 * Return the multipart uploads that were given up.
	 * @return the uploads
	 */
	public IncompleteUploads incompleteUploads() {
		return this.services.uploads();
	}

	/**
	 * Return the uploads that callers split themselves.
	 * @return the uploads
	 */
	public PortableUploads portableUploads() {
		return this.uploads;
	}

	/**
	 * Return how bodies are buffered and split.
	 * @return the settings
	 */
	public TransferSettings transfer() {
		return this.transfer;
	}

	/**
	 * Refuse new calls, and stop the background work.
	 */
	@Override
	public void close() {
		this.closed.set(true);
		this.services.repeats().rounds().budget().close();
		this.uploads.close();
		this.services.uploads().close();
		this.services.repeats().hedges().close();
		router().memory().close();
	}

}
